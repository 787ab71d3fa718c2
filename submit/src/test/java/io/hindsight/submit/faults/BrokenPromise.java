package io.hindsight.submit.faults;

/** Something happened that submit/README.md rules out. */
final class BrokenPromise extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is counted apart. */
  enum Sort {
    WRONG_HASH,
    HANG,
    OTHER
  }

  private final Sort sort;

  BrokenPromise(Sort sort, String message) {
    super(message);
    this.sort = sort;
  }

  static BrokenPromise other(String message) {
    return new BrokenPromise(Sort.OTHER, message);
  }

  Sort sort() {
    return sort;
  }
}
