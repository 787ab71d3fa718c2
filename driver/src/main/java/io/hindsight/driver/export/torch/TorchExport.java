package io.hindsight.driver.export.torch;

import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.model.Safetensors;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.model.Tensor;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model for PyTorch: {@value #WEIGHTS}, tensors of float64 in the names and shapes of its modules
 * (a tied output has none of its own), and {@value #SCRIPT}, which builds these and answers.
 */
public final class TorchExport {
  /** Options name it so. */
  public static final String OPTION = "--pytorch";

  static final String WEIGHTS = "model.safetensors";
  static final String SCRIPT = "model.py";

  private TorchExport() {}

  /**
   * Writes both files into a directory, which may be there.
   *
   * @param name of the model
   * @return their locations
   * @throws io.hindsight.driver.config.ConfigException if the modules cannot compute the network
   * @throws io.hindsight.datasets.DataException if one of the files is there
   */
  public static List<String> write(StoredModel model, String name, String directory) {
    NetworkSpec network = model.network();
    TorchModules.require(OPTION + " " + directory, network);
    NewFile weights = NewFile.of(OPTION, directory + "/" + WEIGHTS);
    NewFile script = NewFile.of(OPTION, directory + "/" + SCRIPT);
    String text = new TorchScript(network).text(name, model.weightsSha256(), WEIGHTS);
    List<Tensor> tensors = tensors(model.parameters(), TorchModules.areStacked(network));
    weights.write(out -> Safetensors.write(out, tensors, metadata(model)));
    script.write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return List.of(weights.location(), script.location());
  }

  private static List<Tensor> tensors(Parameters parameters, boolean stacked) {
    List<Tensor> tensors = new ArrayList<>();
    for (Block block : parameters.layout().blocks()) {
      double[] values = new double[block.size()];
      System.arraycopy(parameters.values(), block.offset(), values, 0, values.length);
      tensors.add(new Tensor(TorchModules.name(block.name(), stacked), block.shape(), values));
    }
    return tensors;
  }

  private static SortedMap<String, String> metadata(StoredModel model) {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("format", "pt");
    texts.put("weights_sha256", model.weightsSha256());
    texts.put("encoding", model.description().encoding().toString());
    model
        .network()
        .output()
        .options()
        .margins()
        .ifPresent(margins -> texts.put("margins", margins.values().toString()));
    return texts;
  }
}
