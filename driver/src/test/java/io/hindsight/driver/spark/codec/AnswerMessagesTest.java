package io.hindsight.driver.spark.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.driver.answer.AnswerSamples;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.spark.session.HindsightKryoRegistrator;
import io.hindsight.kernels.batch.Sequence;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class AnswerMessagesTest {
  static Stream<Serializer> serializers() {
    SparkConf kryo =
        new SparkConf(false)
            .set("spark.kryo.registrator", HindsightKryoRegistrator.class.getName());
    return Stream.of(new JavaSerializer(new SparkConf(false)), new KryoSerializer(kryo));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void shouldAnswerTheSameAfterTravelling(Serializer serializer) {
    List<EncodedInput> inputs = AnswerSamples.inputs(23);
    for (AnsweringModel model :
        List.of(
            AnswerSamples.changes(BpttConfig.DEFAULT), AnswerSamples.classes(AnswerSamples.CUT))) {
      AnsweringModel there = travel(serializer, new ModelMessage(model)).model();
      List<KeptInput> sent =
          inputs.stream().map(input -> new KeptInput(input, List.of(input.id(), "ä"))).toList();
      List<KeptInput> those = travel(serializer, new InputSlice(sent)).inputs();

      assertEquals(model.encoding(), there.encoding());
      assertEquals(model.bptt(), there.bptt());
      assertEquals(
          AnswerSamples.answers(model, inputs),
          AnswerSamples.answers(there, those.stream().map(KeptInput::input).toList()));
      assertEquals(
          sent.stream().map(KeptInput::kept).toList(),
          those.stream().map(KeptInput::kept).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void shouldKeepWhatAnswersAreBroughtBackByAndWhatIsKnownAhead(Serializer serializer) {
    Sequence steps = Sequence.ofFeatures("a", new double[] {1, 2}, 2);
    for (double[] later : new double[][] {null, {}, {3, 4, 5}}) {
      double[] scale = {6, 7, 8, 9};
      KeptInput sent = KeptInput.of(new Encoded(steps, List.of(), List.of(), null, scale, later));
      List<KeptInput> those = travel(serializer, new InputSlice(List.of(sent))).inputs();
      Encoded there = (Encoded) those.get(0).input();
      assertArrayEquals(scale, there.scale());
      assertArrayEquals(later, there.later());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T travel(Serializer serializer, T message) {
    ClassTag<T> type = ClassTag$.MODULE$.apply((Class<T>) message.getClass());
    return serializer
        .newInstance()
        .deserialize(serializer.newInstance().serialize(message, type), type);
  }
}
