declare module 'seek-bzip' {
  const bunzip: {
    /** Decompresses a whole bzip2 file. @throws Error when it is damaged */
    decode: (input: Uint8Array) => Buffer;
  };
  export default bunzip;
}
