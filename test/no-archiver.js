/**
 * Stands for the library that the engine packs folders with, which takes a third of the time that the engine needs to load. The unit tests
 * pack none.
 */
module.exports = () => {
  throw new Error("the unit tests pack no folders: see test/no-archiver.js");
};
