const base = require("./jest.config.js");

/** Checks against real tools: terraform, an AWS emulator, scanners, a stranger's project. Absent tools are named, not failed. */
module.exports = {
  ...base,
  roots: ["<rootDir>/test/real"],
  testPathIgnorePatterns: ["/node_modules/"],
  setupFiles: ["<rootDir>/test/setup.ts"],
  testTimeout: 40 * 60 * 1000,
};
