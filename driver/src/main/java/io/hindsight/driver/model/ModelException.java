package io.hindsight.driver.model;

/** A model directory or tensor file that cannot be used, with the reason and the place. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot be used. */
  public enum Kind {
    /** There is no such directory. */
    NOT_FOUND("check the path"),
    /** The directory has no manifest: it is no model, or was never finished. */
    NO_MANIFEST("name a finished run's model/ or one of its checkpoints/"),
    /** It is a model or a checkpoint, but no step that was kept. */
    NO_STEP("name a folder of a run's diverged/"),
    /** A run has saved nothing that it trained. */
    NO_WEIGHTS("train with training.checkpoint, or to the end"),
    /** The manifest names a file that is not a bare file name. */
    BAD_NAME("do not use the directory"),
    /** A file of the manifest is not there. */
    MISSING_FILE("copy the directory again"),
    /** A file is there that the manifest does not name. */
    EXTRA_FILE("move the file out of the directory"),
    /** A file is not as long as the manifest says. */
    WRONG_LENGTH("copy the directory again"),
    /** A file's SHA-256, or that of the weights, is not the recorded one. */
    WRONG_HASH("copy the directory again, or use an older checkpoint"),
    /** The format is newer than this program. */
    TOO_NEW("use the version that wrote it"),
    /** The file ends before its content does. */
    TOO_SHORT("copy it again"),
    /** The file is not of the safetensors format. */
    NOT_SAFETENSORS("name a safetensors file"),
    /** A tensor has elements this program does not read. */
    UNSUPPORTED_TYPE("convert it"),
    /** The content contradicts itself or its format. */
    CORRUPT("copy it again, or use an older checkpoint"),
    /** The tensors are not those of the network. */
    WRONG_TENSORS("use the weights that belong to the description"),
    /** The tensors of another program's file are not those of the network. */
    OTHER_NETWORK(
        "make model.* of the configuration the network of the file, or name its modules with"
            + " --prefix and --module"),
    /** Something is already there, and directories are never overwritten. */
    EXISTS("choose another name");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }
  }

  private final Kind kind;
  private final String problem;

  /**
   * A refusal.
   *
   * @param message place, rule and actual value; the remedy follows from the kind
   */
  public ModelException(Kind kind, String message) {
    super(message + "; " + kind.remedy);
    this.kind = kind;
    problem = message;
  }

  /** The message without its remedy, for whoever knows a better one. */
  public String problem() {
    return problem;
  }

  /** Why it cannot be used. */
  public Kind kind() {
    return kind;
  }
}
