package io.hindsight.datasets.files;

/**
 * A text or a file name that does not pass through the locale in which this Java was started; the
 * message is for the user and says all.
 */
public final class LocaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With the remedy.
   *
   * @param what the rule that is broken and the value that breaks it
   */
  public LocaleException(String what) {
    super(
        what
            + "; run 'export LC_ALL=C.UTF-8' first (for spark-submit it may stand in"
            + " $SPARK_HOME/conf/spark-env.sh), or start with submit/hindsight, which does so");
  }
}
