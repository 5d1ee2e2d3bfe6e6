/** The release that this code belongs to: the same as the package's. */
export const VERSION = "0.2.0";
