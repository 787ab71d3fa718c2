package io.hindsight.driver.run;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.FullDisk;
import io.hindsight.datasets.files.LocaleException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.registry.RegistryException;
import io.hindsight.driver.spark.ExecutorWatch;
import io.hindsight.driver.spark.JobFailures;
import io.hindsight.driver.storage.StorageException;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.kernels.math.choice.VectorBitsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a run's end means to whoever started it. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** A fault of Hindsight itself. */
  INTERNAL(1),
  /** The command line or the configuration is wrong, or asks for more memory than there is. */
  USAGE(2),
  /** The data or the model cannot be used. */
  DATA(3),
  /** Training met a number that is not finite. */
  DIVERGED(4),
  /** Another process holds the lease on the run directory. */
  LOCKED(5),
  /** Interrupted, or machines or network failed; the run can go on later. */
  RETRYABLE(6),
  /** A retraining's candidate was refused, and the caller asked to be told so. */
  REJECTED(7),
  /** The data of a retraining is late, or there is too little of it. */
  LATE(8);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /**
   * What an exception means: the outermost one of a known kind in its chain of causes decides,
   * because Spark wraps what tasks throw. Memory that ran out decides in any place.
   *
   * @param failure what a command threw
   */
  public static Verdict judge(Throwable failure) {
    Optional<ConfigException> shortage = MemoryShortage.in(failure);
    Optional<Verdict> full = FullDisk.in(failure).map(disk -> new Verdict(RETRYABLE, disk));
    Verdict verdict =
        shortage.isPresent() ? ofMemory(shortage.get()) : full.orElseGet(() -> judgeChain(failure));
    return verdict.saysAll() ? verdict : elsewhere(verdict);
  }

  /** A failure in a thread whose end no other waits for explains what failed here because of it. */
  private static Verdict elsewhere(Verdict verdict) {
    Optional<Verdict> ended =
        ExecutorWatch.ended().map(reason -> new Verdict(RETRYABLE, (Throwable) reason));
    return MemoryShortage.elsewhere().map(ExitCode::ofMemory).or(() -> ended).orElse(verdict);
  }

  private static Verdict ofMemory(ConfigException shortage) {
    return new Verdict(USAGE, shortage);
  }

  private static Verdict judgeChain(Throwable failure) {
    Throwable root = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      ExitCode known = known(each);
      if (known != null) {
        return new Verdict(known, each);
      }
      root = each;
    }
    Optional<EngineException> ended = JobFailures.sessionEnded(root);
    if (ended.isPresent()) {
      return new Verdict(RETRYABLE, ended.get());
    }
    return new Verdict(isInfrastructure(root) ? RETRYABLE : INTERNAL, root);
  }

  private static ExitCode known(Throwable failure) {
    if (failure instanceof ConfigException
        || failure instanceof LocaleException
        || failure instanceof VectorBitsException) {
      return USAGE;
    }
    if (failure instanceof DataException || failure instanceof ModelException) {
      return DATA;
    }
    if (failure instanceof DivergedException) {
      return DIVERGED;
    }
    if (failure instanceof LeaseException lease) {
      return lease.isHeld() ? LOCKED : RETRYABLE;
    }
    if (failure instanceof RegistryException registry) {
      return switch (registry.kind()) {
        case REFUSED -> USAGE;
        case UNUSABLE -> DATA;
        case OVERTAKEN -> RETRYABLE;
      };
    }
    boolean retryable =
        failure instanceof EngineException
            || failure instanceof ResumableException
            || failure instanceof StorageException;
    return retryable ? RETRYABLE : null;
  }

  private static boolean isInfrastructure(Throwable root) {
    return root instanceof IOException
        || root instanceof UncheckedIOException
        || JobFailures.isSparks(root);
  }

  /**
   * An exception's meaning.
   *
   * @param code what it means
   * @param decisive the exception of the chain that says so, or what explains it
   */
  public record Verdict(ExitCode code, Throwable decisive) {
    /** Whether the exception's message is meant for the user and says all. */
    public boolean saysAll() {
      return decisive instanceof ResumableException
          || decisive instanceof StorageException
          || decisive instanceof FullDisk
          || decisive instanceof LeaseException
          || decisive instanceof RegistryException
          || (code != INTERNAL && code != RETRYABLE);
    }
  }
}
