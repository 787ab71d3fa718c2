package io.hindsight.submit;

/** T. */
@picocli.CommandLine.Command(name = "hindsight")
public final class Hindsight {
  private Hindsight() {}

  /** M. */
  public static void main(String[] args) {
    System.out.println(new picocli.CommandLine(new Hindsight()).getUsageMessage());
  }
}
