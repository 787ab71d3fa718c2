package io.hindsight.submit.faults;

import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * HDFS's NameNode goes down and comes back.
 *
 * @param seconds for which there is none
 */
record RestartNameNode(Moment moment, int seconds) implements Fault {
  private static final int RETRYABLE = 6;
  private static final int PATIENCE = 60; // s; Hadoop's client waits longer each time

  @Override
  public FaultKind kind() {
    return FaultKind.RESTART_NAME_NODE;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(seconds + PATIENCE).orEnds(RETRYABLE);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    MiniDFSCluster hdfs = scene.place().hdfs();
    hdfs.shutdownNameNode(0);
    Thread.sleep(1000L * seconds);
    hdfs.restartNameNode(0);
    return true;
  }

  @Override
  public String describe() {
    return Fault.super.describe() + " for " + seconds + " s";
  }
}
