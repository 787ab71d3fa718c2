package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.SmallHdfs;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.data.StorageFolderChecks;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.lease.LeaseRaces;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.RegistryRaces;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose directory is on HDFS: a real NameNode and DataNode in this process. */
@Timeout(600)
class HdfsRunIT {
  private static final long STEPS = 120;
  private static final int EVERY = 5;
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: mackey-glass, length: 55, sequences: 60}
      model: {cell: lstm, hidden: [6, 5]}
      training:
        steps: 120
        batch: 20
        bptt: {window: 12, carry-state: true}
        optimizer: {type: adam, learning-rate: 2e-2}
        clip: {norm: 0.5}
        checkpoint: {every-steps: 5, keep: 3}
      """;

  @TempDir private static Path folder;
  private static MiniDFSCluster hdfs;
  private static String undisturbed;

  private final RunConfig config = TestRuns.config(WAVES);
  private RunDirectory run;

  @BeforeAll
  static void start() throws IOException {
    hdfs = SmallHdfs.start(folder.resolve("hdfs"));
    RunConfig config = TestRuns.config(WAVES, "training.checkpoint=null");
    undisturbed = TestRuns.train(config, folder.resolve("undisturbed")).weightsSha256();
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  @BeforeEach
  void name(TestInfo test) {
    run = new RunDirectory(hdfs.getURI() + "/runs/" + test.getDisplayName().replace("()", ""));
  }

  @Test
  void shouldEndWithTheSameBitsThoughTheNameNodeRestarts() throws Exception {
    CompletableFuture<TrainingResult> training =
        CompletableFuture.supplyAsync(() -> TrainingRun.start(config, run, false));
    awaitCheckpoint(30, training);
    hdfs.shutdownNameNode(0);
    Thread.sleep(3000); // many steps' time: the next checkpoint finds no NameNode
    assertTrue(!training.isDone(), "the run waits for the NameNode");
    hdfs.restartNameNode(0);

    TrainingResult result = training.get();

    assertEquals(undisturbed, result.weightsSha256());
    assertWhole(result);
    assertNewest();
  }

  @Test
  void shouldKeepEncodedData() throws IOException {
    StorageFolderChecks.check(StorageFolder.of(hdfs.getURI() + "/data"));
  }

  /** A quota on names refuses every write below a folder, as a NameNode does that goes down. */
  @Test
  void shouldTrainOnWhileSavesAreRefusedAndSaveAgainAfterwards() throws Exception {
    CompletableFuture<TrainingResult> training =
        CompletableFuture.supplyAsync(() -> TrainingRun.start(config, run, false));
    awaitCheckpoint(30, training);
    var checkpoints = new org.apache.hadoop.fs.Path(run.checkpoints());
    hdfs.getFileSystem().setQuota(checkpoints, 1, HdfsConstants.QUOTA_DONT_SET);
    List<String> saved = run.storage().list(run.checkpoints());
    awaitMetrics(stepOf(saved.get(saved.size() - 1)) + 4 * EVERY, training);
    assertTrue(!training.isDone(), "the run waits to save its end");
    assertTrue(run.storage().list(run.checkpoints()).size() <= saved.size() + 1, "saves go on");
    hdfs.getFileSystem()
        .setQuota(checkpoints, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);

    TrainingResult result = training.get();

    assertEquals(undisturbed, result.weightsSha256());
    assertWhole(result);
    assertNewest();
  }

  /** HDFS throws the failure of a stream again, the very same, when the stream is closed. */
  @Test
  void shouldSayWhyAFileCouldNotBeWritten() {
    String directory = hdfs.getURI() + "/refused/model";
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> run.storage().publish(directory, staging -> writeWhatIsDeleted(staging)));
    System.out.println(refusal);
    assertTrue(refusal.toString().contains("does not exist"), refusal::toString);
  }

  private static byte[] writeWhatIsDeleted(Storage.Staging staging) throws IOException {
    staging.write(
        "weights.safetensors",
        out -> {
          out.write(new byte[100]);
          hdfs.getFileSystem().delete(new org.apache.hadoop.fs.Path("/refused"), true);
        });
    return new byte[0];
  }

  /** The end is saved; which are kept beside it depends on which saves were refused. */
  private void assertNewest() throws IOException {
    List<Long> kept =
        run.storage().list(run.checkpoints()).stream().map(HdfsRunIT::stepOf).toList();
    assertEquals(STEPS, kept.get(kept.size() - 1));
    assertTrue(kept.size() <= 3 && kept.stream().allMatch(s -> s % EVERY == 0), kept::toString);
  }

  private static long stepOf(String checkpoint) {
    return Long.parseLong(checkpoint.substring("step-".length()));
  }

  private void awaitMetrics(long step, CompletableFuture<?> end) throws Exception {
    String line = "{\"step\":%d,".formatted(step);
    while (!run.read(run.metrics()).contains(line)) {
      if (end.isDone()) {
        throw new IOException("the run ended too early: " + end);
      }
      Thread.sleep(5);
    }
  }

  @Test
  void shouldResumeAKilledRunToTheSameBits() throws Exception {
    Path yaml = Files.writeString(folder.resolve("waves.yaml"), WAVES);
    try (LoggedProcess driver = LoggedProcess.start(command(yaml), Map.of(), log())) {
      awaitCheckpoint(60, driver.handle().onExit());
      driver.handle().destroyForcibly();
      driver.exitCode(Duration.ofSeconds(30));
    }
    List<String> left = run.storage().list(run.location());
    assertTrue(left.contains("metrics.jsonl") && !left.contains("status.json"), left.toString());

    TrainingResult resumed = TrainingRun.start(config, run, true);

    assertEquals(undisturbed, resumed.weightsSha256());
    assertWhole(resumed);
    assertEquals(
        LongStream.of(STEPS - 2 * EVERY, STEPS - EVERY, STEPS).boxed().toList(),
        run.storage().list(run.checkpoints()).stream().map(HdfsRunIT::stepOf).toList());
  }

  @Test
  void shouldRefuseADirectoryThatMayNotBeWritten() throws Exception {
    org.apache.hadoop.fs.Path locked = new org.apache.hadoop.fs.Path("/locked");
    hdfs.getFileSystem().mkdirs(locked);
    hdfs.getFileSystem().setPermission(locked, new FsPermission((short) 0755));
    RunDirectory forbidden = new RunDirectory(hdfs.getURI() + "/locked/run");

    ConfigException refusal =
        assertThrows(
            ConfigException.class,
            () ->
                UserGroupInformation.createRemoteUser("alice")
                    .doAs(
                        (PrivilegedExceptionAction<Object>)
                            () -> TrainingRun.start(config, forbidden, false)));

    System.out.println(refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Permission denied: user=alice"), refusal::toString);
    assertTrue(refusal.getMessage().contains("name another with --run-dir"), refusal::toString);
  }

  @Test
  void shouldRefuseASecondDriverAndLeaveTheFirstAlone() throws IOException {
    int[] asked = new int[1];
    List<RuntimeException> refusals = new ArrayList<>();
    StopRequest whileTraining =
        () -> {
          if (asked[0]++ == 30) {
            refusals.add(
                assertThrows(RuntimeException.class, () -> TrainingRun.start(config, run, true)));
          }
          return Optional.empty();
        };

    TrainingResult result = TrainingRun.start(config, run, false, whileTraining);

    assertEquals(ExitCode.LOCKED, ExitCode.judge(refusals.get(0)).code(), refusals.toString());
    assertEquals(undisturbed, result.weightsSha256());
    assertWhole(result);
  }

  @Test
  void shouldGiveTheLeaseToOneOfMany() throws Exception {
    LeaseRaces.assertOneWinnerEachRound(run.storage(), run.location(), 6, 10);
    LeaseRaces.assertOneTakesOver(run.storage(), run.location() + "-silent", 5);
  }

  @Test
  @Timeout(7200)
  void shouldKeepARegistryOfManyWriters() throws Exception {
    RegistryRaces races = new RegistryRaces(run.storage(), run.location(), folder);
    races.assertNoChangeIsLost();
    races.assertAStaleOwnerIsFenced();
  }

  private List<String> command(Path yaml) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xmx512m"));
    command.addAll(List.of(StandaloneCluster.shortLived().split(" ")));
    command.addAll(List.of("--add-modules=jdk.incubator.vector"));
    command.addAll(List.of("-cp", StandaloneCluster.classPath()));
    command.addAll(List.of(TrainMain.class.getName(), yaml.toString(), run.location()));
    return command;
  }

  private Path log() {
    return folder.resolve("driver.log");
  }

  /** Waits for the checkpoint of a step, or of any later one. */
  private void awaitCheckpoint(long step, CompletableFuture<?> end) throws Exception {
    String least = "step-%09d".formatted(step);
    while (run.storage().list(run.checkpoints()).stream().noneMatch(n -> n.compareTo(least) >= 0)) {
      if (end.isDone()) {
        throw new IOException(
            "the run ended too early: " + (Files.exists(log()) ? Files.readString(log()) : end));
      }
      Thread.sleep(5);
    }
  }

  /** Everything is there, once, and nothing else. */
  private void assertWhole(TrainingResult result) throws IOException {
    Storage storage = run.storage();
    assertEquals(STEPS, result.steps());
    assertEquals(TestRuns.FILES, storage.list(run.location()));
    assertEquals(
        LongStream.range(0, STEPS).boxed().toList(),
        run.read(run.metrics())
            .lines()
            .filter(line -> line.contains("\"loss\"") && !line.contains("\"validation\""))
            .map(line -> Long.valueOf(line.replaceAll("^\\{\"step\":(\\d+).*", "$1")))
            .toList());
    StatusFile status = StatusFile.read(storage, run.status());
    assertEquals(Optional.of(undisturbed), status.weightsSha256());
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    assertEquals(undisturbed, model.stored().weightsSha256());
  }
}
