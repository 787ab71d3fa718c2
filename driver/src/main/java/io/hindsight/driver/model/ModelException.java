package io.hindsight.driver.model;

/** A model directory or tensor file that cannot be used, with the reason and the place. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot be used. */
  public enum Kind {
    /** There is no such directory. */
    NOT_FOUND,
    /** The directory has no manifest: it is no model, or was never finished. */
    NO_MANIFEST,
    /** The manifest names a file that is not a bare file name. */
    BAD_NAME,
    /** A file of the manifest is not there. */
    MISSING_FILE,
    /** A file is there that the manifest does not name. */
    EXTRA_FILE,
    /** A file is not as long as the manifest says. */
    WRONG_LENGTH,
    /** A file's SHA-256, or that of the weights, is not the recorded one. */
    WRONG_HASH,
    /** The format is newer than this program. */
    TOO_NEW,
    /** The file ends before its content does. */
    TOO_SHORT,
    /** The file is not of the safetensors format. */
    NOT_SAFETENSORS,
    /** A tensor has elements this program does not read. */
    UNSUPPORTED_TYPE,
    /** The content contradicts itself or its format. */
    CORRUPT,
    /** The tensors are not those of the network. */
    WRONG_TENSORS,
    /** Something is already there, and directories are never overwritten. */
    EXISTS
  }

  private final Kind kind;

  /**
   * A refusal.
   *
   * @param message rule, actual value, place and remedy
   */
  public ModelException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Why it cannot be used. */
  public Kind kind() {
    return kind;
  }
}
