import { createResampler } from '../../voice-gateway/audio/resampler.js';
