#!/usr/bin/env node
import '../dist/cli/asterism.js';
