package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.cluster.SmallHdfs;
import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of answers on HDFS is there as a whole or not at all. */
@Timeout(300)
class AnswersOnHdfsIT extends AnswerWriting {
  @TempDir private static Path disks;
  private static MiniDFSCluster hdfs;

  private org.apache.hadoop.fs.Path place;
  private FileSystem files;

  @BeforeAll
  static void start() throws IOException {
    hdfs = SmallHdfs.start(disks);
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  @BeforeEach
  void name(TestInfo test) throws IOException {
    place =
        new org.apache.hadoop.fs.Path(hdfs.getURI() + "/" + test.getTestMethod().get().getName());
    files = hdfs.getFileSystem();
  }

  private TableOutput out(Mode mode) {
    return new TableOutput(
        "parquet",
        Optional.of(place + "/out"),
        mode,
        List.of(),
        java.util.Map.of(),
        Optional.empty());
  }

  private List<String> names() throws IOException {
    return Arrays.stream(files.listStatus(place))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  private long rows() {
    return sql().read().parquet(place + "/out").count();
  }

  @Test
  void shouldWriteAddAndReplaceAFolder() throws IOException {
    long changes = write(out(Mode.ERROR), CHANGES).rows();
    assertThrows(DataException.class, () -> write(out(Mode.ERROR), CHANGES));
    write(out(Mode.APPEND), CHANGES);
    assertEquals(2 * changes, rows());
    assertEquals(write(out(Mode.OVERWRITE), CLASSES).rows(), rows());
    assertEquals(List.of("out"), names());
  }

  @Test
  void shouldBringTheOldFolderBackAfterAKillBetweenTheTwoRenames() throws IOException {
    long old = write(out(Mode.ERROR), CHANGES).rows();
    files.rename(
        new org.apache.hadoop.fs.Path(place, "out"),
        new org.apache.hadoop.fs.Path(place, ".out.old-1"));
    assertThrows(DataException.class, () -> write(out(Mode.ERROR), CLASSES));

    assertEquals(old, rows());
    assertEquals(List.of("out"), names());
  }

  @Test
  void shouldRefuseAFolderWithoutPermissionBeforeAnythingIsComputed() throws Exception {
    files.mkdirs(place);
    UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
    ConfigException refused =
        stranger.doAs(
            (PrivilegedExceptionAction<ConfigException>)
                () -> assertThrows(ConfigException.class, () -> write(out(Mode.ERROR), CHANGES)));

    assertTrue(refused.getMessage().contains("Permission denied"), refused.getMessage());
    assertEquals(List.of(), names());
  }
}
