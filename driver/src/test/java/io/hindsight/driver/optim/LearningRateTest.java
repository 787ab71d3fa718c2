package io.hindsight.driver.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void shouldGrowLinearlyToTheBaseDuringWarmUp() {
    LearningRate rate = new LearningRate(0.4, 4, new LearningRate.Constant());
    assertEquals(0.1, rate.at(0), 1e-17);
    assertEquals(0.2, rate.at(1), 1e-17);
    assertEquals(0.4, rate.at(3), 0.0);
    assertEquals(0.4, rate.at(4), 0.0);
    assertEquals(0.4, rate.at(1_000_000), 0.0);
  }

  @Test
  void shouldDecayInSteps() {
    LearningRate rate = new LearningRate(0.8, 0, new LearningRate.Step(10, 0.5));
    assertEquals(0.8, rate.at(9), 0.0);
    assertEquals(0.4, rate.at(10), 0.0);
    assertEquals(0.1, rate.at(39), 1e-17);
  }

  @Test
  void shouldDecayExponentiallyAfterTheWarmUp() {
    LearningRate rate = new LearningRate(1, 5, new LearningRate.Exponential(0.9));
    assertEquals(1, rate.at(5), 0.0);
    assertEquals(0.729, rate.at(8), 1e-15);
  }

  @Test
  void shouldFollowAHalfCosineOverTheRestOfTheRun() {
    LearningRate rate = new LearningRate(1, 20, new LearningRate.Cosine(0, 0.1)).over(120);
    assertEquals(1, rate.at(20), 0.0);
    assertEquals(0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2, rate.at(45), 1e-15);
    assertEquals(0.55, rate.at(70), 1e-15);
    assertEquals(0.1, rate.at(120), 0.0);
    assertEquals(0.1, rate.at(500), 0.0);
  }

  @Test
  void shouldKeepACosineWhoseLengthIsGiven() {
    LearningRate rate = new LearningRate(1, 0, new LearningRate.Cosine(10, 0));
    assertEquals(rate, rate.over(1000));
    assertEquals(0.5, rate.at(5), 1e-15);
  }

  @Test
  void shouldSurviveARunThatIsAllWarmUp() {
    LearningRate rate = new LearningRate(1, 10, new LearningRate.Cosine(0, 0)).over(10);
    assertEquals(1, rate.at(9), 0.0);
  }
}
