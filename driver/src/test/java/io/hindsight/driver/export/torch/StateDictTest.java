package io.hindsight.driver.export.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.export.ExportedNetworks;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.Safetensors;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.model.Tensor;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictTest {
  private static final TensorNames OURS = new TensorNames(Optional.empty(), Map.of());
  private static final NetworkSpec SMALL =
      NetworkSpec.plain(
          InputSpec.dense(2),
          new LstmCell(),
          List.of(1),
          new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));

  @TempDir private Path folder;

  @Test
  void shouldReadTheSameBitsThatWereExported() throws IOException {
    int number = 0;
    for (NetworkSpec network : ExportedNetworks.usual(ExportedNetworks.usualCells())) {
      StoredModel model = ExportedNetworks.model(network, number);
      Path place = folder.resolve("model" + number++);
      TorchExport.write(model, "test", place.toString());
      StateDict read = read(place.resolve(TorchExport.WEIGHTS));
      double[] values = read.parameters(new ParameterLayout(network), OURS).values();
      assertArrayEquals(model.parameters().values(), values, network.toString());
    }
  }

  private static StateDict read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String where = file.toString();
      return new StateDict(Safetensors.read(in, Files.size(file), where).tensors(), where);
    }
  }

  @Test
  void shouldFindThePrefixAndTakeOtherModuleNames() {
    List<Tensor> theirs = renamed("net.lstm.", "net.head.fc.");
    TensorNames names = new TensorNames(Optional.empty(), Map.of("rnn", "lstm", "out", "head.fc"));
    assertArrayEquals(expected(), parameters(theirs, names));
  }

  @Test
  void shouldPassOverWhatHasNotThePrefixThatIsGiven() {
    List<Tensor> theirs = renamed("a.rnn.", "a.out.");
    theirs.addAll(renamed("b.rnn.", "b.out."));
    ModelException several = assertThrows(ModelException.class, () -> parameters(theirs, OURS));
    assertEquals(
        "test.safetensors holds several networks, whose names begin with 'a.', 'b.'; make model.* of"
            + " the configuration the network of the file, or name its modules with --prefix and"
            + " --module",
        several.getMessage());
    assertArrayEquals(expected(), parameters(theirs, new TensorNames(Optional.of("b."), Map.of())));
  }

  @Test
  void shouldTellAllTensorsThatAreWrongAtOnce() {
    List<Tensor> theirs = renamed("rnn.", "out.");
    theirs.set(0, new Tensor("rnn.weight_ih_l0", List.of(4, 3), new double[12]));
    theirs.set(1, Tensor.vector("rnn.weight_hh_l1", new double[4]));
    theirs.set(2, Tensor.vector("rnn.bias_ih_l0", new double[] {0, Double.NaN, 0, 0}));
    ModelException wrong = assertThrows(ModelException.class, () -> parameters(theirs, OURS));
    assertEquals(
        "test.safetensors holds another network: it needs 'rnn.weight_ih_l0' of shape [4, 2], but"
            + " has one of shape [4, 3]; it needs 'rnn.weight_hh_l0' of shape [4, 1], but has none;"
            + " it has NaN in 'rnn.bias_ih_l0', but weights must be finite; it has"
            + " 'rnn.weight_hh_l1' of shape [4], which the network has not",
        wrong.problem());
  }

  @Test
  void shouldTakeATableTwiceOnlyIfItIsTheSame() {
    NetworkSpec tied =
        NetworkSpec.plain(
            InputSpec.embeddedTokens(3, 2),
            new LstmCell(),
            List.of(2),
            new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP, true));
    ParameterLayout layout = new ParameterLayout(tied);
    List<Tensor> theirs = new ArrayList<>();
    layout.blocks().forEach(b -> theirs.add(new Tensor(b.name(), b.shape(), new double[b.size()])));
    double[] table = new double[6];
    theirs.add(new Tensor("out.weight", List.of(3, 2), table));
    new StateDict(theirs, "test.safetensors").parameters(layout, OURS);
    table[4] = 1;
    ModelException wrong =
        assertThrows(
            ModelException.class,
            () -> new StateDict(theirs, "test.safetensors").parameters(layout, OURS));
    assertEquals(
        "test.safetensors holds another network: it has other numbers in 'embed.0.weight' than in"
            + " 'out.weight', which model.tied makes one",
        wrong.problem());
  }

  @Test
  void shouldRefuseModulesThatNoNetworkHas() {
    Map<String, String> modules = Map.of("lstm", "rnn");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> new TensorNames(Optional.empty(), modules));
    assertEquals(
        "--module lstm=rnn: the modules of a network are rnn, out and embed, or one table as"
            + " embed.0; write rnn=lstm, for example",
        refused.getMessage());
  }

  private static double[] expected() {
    return ExportedNetworks.model(SMALL, 9).parameters().values();
  }

  private static double[] parameters(List<Tensor> theirs, TensorNames names) {
    return new StateDict(theirs, "test.safetensors")
        .parameters(new ParameterLayout(SMALL), names)
        .values();
  }

  /** The tensors of a small network under other names. */
  private static List<Tensor> renamed(String rnn, String out) {
    List<Tensor> tensors = new ArrayList<>();
    double[] values = expected();
    for (ParameterLayout.Block block : new ParameterLayout(SMALL).blocks()) {
      double[] own = new double[block.size()];
      System.arraycopy(values, block.offset(), own, 0, own.length);
      String name = block.name().replaceFirst("^rnn\\.", rnn).replaceFirst("^out\\.", out);
      tensors.add(new Tensor(name, block.shape(), own));
    }
    return tensors;
  }
}
