package io.hindsight.driver.lease;

/** Says what a process of its own takes another one for. */
final class HolderMain {
  private HolderMain() {}

  /** Takes the parts of a {@link Holder}, in its order. */
  public static void main(String[] args) {
    long process = Long.parseLong(args[1]);
    long start = Long.parseLong(args[2]);
    Holder holder = new Holder(args[0], process, start, args[3], args[4]);
    System.out.println(holder.hasEnded() ? "has ended" : "lives");
  }
}
