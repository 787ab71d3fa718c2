package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real NameNode and one DataNode in this process, which other processes reach too. */
public final class SmallHdfs {
  private SmallHdfs() {}

  /**
   * Starts it and waits until it can be used.
   *
   * @param disks receives the files of NameNode and DataNode
   * @return the running services; shut them down
   */
  public static MiniDFSCluster start(Path disks) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disks.toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    return hdfs;
  }
}
