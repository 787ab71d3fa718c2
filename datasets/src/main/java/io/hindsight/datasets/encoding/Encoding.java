package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.generators.GeneratedTask;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.time.TimeSteps;
import io.hindsight.kernels.network.InputSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What must be kept with a model so that new data is encoded as its training data was. */
public sealed interface Encoding {
  /**
   * The version of the rules by which a table's encoding is fitted, which grows where the same
   * table would get other numbers, or an encoding says more. 1: means and deviations from sums that
   * were rounded as they grew. 2: from exact sums. 3: with columns beside the inputs. 4: with
   * weights of targets, inputs that may be missing, sequences that are scaled by themselves, a grid
   * of times or inputs of the time. 5: with several steps ahead, levels of counts, a transform of
   * targets, or an order of classes. 6: with columns that are known ahead. 7: with numbers that are
   * scaled by windows. New data is encoded in the same way by each.
   */
  int VERSION = 7;

  /** The version of an encoding with columns that are known ahead. */
  int OF_FUTURE = 6;

  /** The version of an encoding with several steps ahead, or of targets that are transformed. */
  int OF_STEPS = 5;

  /** The version of an encoding with weights, missing inputs, scales of sequences or the time. */
  int OF_ROWS = 4;

  /** The version of an encoding of columns as they are, scaled by the table. */
  int OF_COLUMNS = 3;

  /** The version of an encoding of which nothing but inputs is read. */
  int WITHOUT_SIDE = 2;

  /** The first version that says all that an encoding says. */
  static int version(Table table) {
    if (table.scaleBy().isWindow()) {
      return VERSION;
    }
    if (!table.side().future().isEmpty()) {
      return OF_FUTURE;
    }
    boolean isOfTargets =
        table.targetScaling().stream()
            .flatMap(scaling -> scaling.columns().stream())
            .anyMatch(c -> c.scale() == Scale.COUNT || !c.ofTarget().equals(Transform.NONE));
    boolean isOrdered = table.targetKind() == TargetKind.ORDERED;
    if (isOfTargets || isOrdered || !table.horizon().isSingle()) {
      return OF_STEPS;
    }
    boolean isOfColumns =
        table.side().weights().areNone()
            && table.filling().isNone()
            && table.scaleBy().isTable()
            && table.timeSteps().inputs().areNone();
    if (!isOfColumns) {
      return OF_ROWS;
    }
    return table.side().isEmpty() ? WITHOUT_SIDE : OF_COLUMNS;
  }

  /** What the targets are. */
  TargetKind targetKind();

  /** What a network for data of this encoding reads at each step. */
  InputSpec input();

  /** O: numbers per target, or classes. */
  int outputs();

  /**
   * What the mean of the count of each element of a target is a multiple of; empty where targets
   * are no counts // (O).
   */
  default List<Double> countLevels() {
    return List.of();
  }

  /** This encoding as plain JSON; {@link #fromJson} gives back an equal one, to the last bit. */
  default ObjectNode toJson() {
    return EncodingJson.write(this);
  }

  /** The version of a stored encoding; 1 where none stands, as for all but tables. */
  static int version(JsonNode json) {
    return json.path(EncodingJson.VERSION).asInt(1);
  }

  /**
   * The encoding that {@link #toJson} wrote.
   *
   * @throws DataException if a field is missing, not of its kind, or contradicts another
   */
  static Encoding fromJson(JsonNode json) {
    return EncodingJson.read(json);
  }

  /**
   * The encoding of a table.
   *
   * <p>With {@code difference}, step t of a sequence with values x_0 … x_{N−1} reads x_{t+1} − x_t
   * and, for numeric targets, is to answer y_{t+1+h} − y_{t+1}. A {@code LOG} column is the
   * logarithm before differences are taken. Scaling comes last.
   *
   * <p>Where steps are of time, "h steps ahead" is the row at that time, and a step without such a
   * row has no target. A change is always from the row before, however long ago that was.
   *
   * @param inputs columns that are read of a step's own row
   * @param targets target columns
   * @param targetKind what the targets are
   * @param horizon how far ahead targets are taken from
   * @param difference whether changes are read and predicted
   * @param labelled whether each sequence has one label, which stands at all its steps, rather than
   *     a target per step
   * @param inputScaling one column per number of the inputs, then of those that are known ahead
   *     alone
   * @param targetScaling one column per numeric target, unscaled for {@code MULTILABEL}; absent for
   *     classes
   * @param labels the classes, in their order if they have one; present if {@code targetKind} is of
   *     classes
   * @param timeSteps the steps that horizons are counted in
   * @param side what is read beside the inputs
   * @param filling what is read in place of inputs that are missing
   * @param scaleBy what is scaled by; if not by the table, both scalings are not fitted
   */
  record Table(
      List<String> inputs,
      List<String> targets,
      TargetKind targetKind,
      Horizon horizon,
      boolean difference,
      boolean labelled,
      Scaling inputScaling,
      Optional<Scaling> targetScaling,
      Optional<Labels> labels,
      TimeSteps timeSteps,
      SideEncoding side,
      Filling filling,
      ScaleBy scaleBy)
      implements Encoding {
    public Table {
      inputs = List.copyOf(inputs);
      targets = List.copyOf(targets);
    }

    /** An encoding whose steps are rows, of which inputs alone are read. */
    public Table(
        List<String> inputs,
        List<String> targets,
        TargetKind targetKind,
        int horizon,
        boolean difference,
        boolean labelled,
        Scaling inputScaling,
        Optional<Scaling> targetScaling,
        Optional<Labels> labels) {
      this(
          inputs,
          targets,
          targetKind,
          Horizon.of(horizon),
          difference,
          labelled,
          inputScaling,
          targetScaling,
          labels,
          TimeSteps.ROWS,
          SideEncoding.NONE,
          Filling.NONE,
          ScaleBy.TABLE);
    }

    /** Steps at the start of a sequence that have no difference: 0 or 1. */
    public int offset() {
      return difference ? 1 : 0;
    }

    /** Whether the numeric target is a change, to which the present value is added. */
    public boolean answersChanges() {
      return difference && targetKind == TargetKind.VALUE && !labelled;
    }

    /** The same encoding with its inputs scaled otherwise. */
    public Table withInputScaling(Scaling scaling) {
      return with(scaling, targetScaling, side, filling, timeSteps);
    }

    /** The same encoding with other columns beside the inputs. */
    public Table with(SideEncoding other) {
      return with(inputScaling, targetScaling, other, filling, timeSteps);
    }

    /** The same encoding with another filling. */
    public Table with(Filling other) {
      return with(inputScaling, targetScaling, side, other, timeSteps);
    }

    /** The same encoding with numbers scaled and filled otherwise. */
    public Table with(Scaling scaling, Optional<Scaling> ofTargets, Filling filled) {
      return with(scaling, ofTargets, side, filled, timeSteps);
    }

    /** The same encoding of rows whose numbers are all read as inputs. */
    public Table withoutFuture() {
      SideEncoding without = side.withFuture(List.of());
      List<String> all = columns().numbers();
      return with(all, inputScaling, targetScaling, without, filling, timeSteps);
    }

    private Table with(
        Scaling scaling,
        Optional<Scaling> ofTargets,
        SideEncoding other,
        Filling filled,
        TimeSteps steps) {
      return with(inputs, scaling, ofTargets, other, filled, steps);
    }

    private Table with(
        List<String> columns,
        Scaling scaling,
        Optional<Scaling> ofTargets,
        SideEncoding other,
        Filling filled,
        TimeSteps steps) {
      return new Table(
          columns,
          targets,
          targetKind,
          horizon,
          difference,
          labelled,
          scaling,
          ofTargets,
          labels,
          steps,
          other,
          filled,
          scaleBy);
    }

    /** The columns that are read. */
    public ReadColumns columns() {
      return new ReadColumns(inputs, side.columns(), targets, targetKind, filling.rules());
    }

    /** Positions in a row's numbers of those that are read of a step's own row. */
    public int[] ofInputs() {
      return side.future().isEmpty()
          ? IntStream.range(0, inputScaling.size()).toArray()
          : positions(inputs);
    }

    /** F: positions in a row's numbers of those that are read at the rows of the targets. */
    public int[] ofFuture() {
      return positions(side.future());
    }

    private int[] positions(List<String> columns) {
      List<String> all = inputScaling.columns().stream().map(Scaling.Column::name).toList();
      return columns.stream().mapToInt(all::indexOf).toArray();
    }

    /** Numbers per step: those of its own row, then F at each horizon. */
    public int numbers() {
      return ofInputs().length + side.future().size() * horizon.outputs();
    }

    /** I: features per step: numbers, indicators of those that may be missing, then of the time. */
    public int features() {
      return numbers() + filling.indicators().size() + timeSteps.inputs().width();
    }

    /** The same encoding of the columns alone. */
    public Table withoutTimeInputs() {
      TimeSteps alone = timeSteps.with(timeSteps.inputs().withoutInputs());
      return with(inputScaling, targetScaling, side, filling, alone);
    }

    @Override
    public List<Double> countLevels() {
      List<Scaling.Column> columns = targetScaling.map(Scaling::columns).orElse(List.of());
      return columns.stream().anyMatch(column -> column.scale() != Scale.COUNT)
          ? List.of()
          : IntStream.range(0, columns.isEmpty() ? 0 : outputs())
              .mapToObj(e -> columns.get(e % columns.size()).divisor())
              .toList();
    }

    @Override
    public InputSpec input() {
      return InputSpec.dense(features(), side.numbers().size(), side.tables());
    }

    /**
     * Classes, with a blank after those of label strings, or H·O: horizons of each target column.
     */
    @Override
    public int outputs() {
      int blank = targetKind == TargetKind.LABEL_STRING ? 1 : 0;
      return labels.isPresent()
          ? labels.get().size() + blank
          : targetScaling.orElseThrow().size() * horizon.outputs();
    }
  }

  /**
   * The encoding of text: each character is a token, and the target is the next one.
   *
   * @param vocabulary the characters of the training part
   */
  record Text(Vocabulary vocabulary) implements Encoding {
    @Override
    public TargetKind targetKind() {
      return TargetKind.CLASS;
    }

    @Override
    public InputSpec input() {
      return InputSpec.tokens(vocabulary.size());
    }

    @Override
    public int outputs() {
      return vocabulary.size();
    }
  }

  /**
   * The encoding of a generated task, which is the task itself.
   *
   * @param name the task
   * @param length its T
   * @param symbols its S
   * @param horizon its horizon
   * @param targetKind what its targets are
   */
  record Generated(String name, int length, int symbols, int horizon, TargetKind targetKind)
      implements Encoding {
    @Override
    public InputSpec input() {
      return task().input();
    }

    @Override
    public int outputs() {
      return task().outputs();
    }

    private GeneratedTask task() {
      return GeneratedTask.of(name, length, symbols, horizon);
    }
  }
}
