package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes {@code data/promotions.csv}: what 8 shops sell of 6 products on 182 days. The mean of a
 * day's sales is a product of what the shop, the product, the day of the week, a slow trend, the
 * price and a promotion make of it; the sales are a count with that mean, whose variance is mean +
 * mean² / {@value #SIZE} (negative binomial). Promotions last two to five days, and are planned: a
 * forecaster knows those to come, but the sales do not tell of them before.
 */
public final class Promotions {
  static final int DAYS = 182;
  static final int SIZE = 20;

  private static final int SHOPS = 8;
  private static final long SEED = 2029;
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5); // a Monday

  private enum Product {
    BREAD(60, 0.4),
    MILK(90, 0.3),
    COFFEE(20, 1.0),
    WINE(8, 0.8),
    SOAP(5, 0.6),
    BATTERIES(2, 0.5);

    private final double mean; // of a shop of size 1
    private final double lift; // of a promotion, in the logarithm

    Product(double mean, double lift) {
      this.mean = mean;
      this.lift = lift;
    }
  }

  /**
   * A row.
   *
   * @param promotion 1 or 0
   * @param mean of the distribution that the sales are drawn from
   * @param plain what the mean would be without promotion, and at the usual price
   */
  record Day(LocalDate date, int promotion, double price, double mean, double plain, int sales) {}

  private Promotions() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    StringBuilder lines = new StringBuilder("shop,product,date,promotion,price,sales\n");
    for (int shop = 0; shop < SHOPS; shop++) {
      for (Product product : Product.values()) {
        for (Day day : days(shop, product)) {
          lines.append(
              String.format(
                  Locale.ROOT,
                  "s%d,%s,%s,%d,%.2f,%d\n",
                  shop + 1,
                  product.name().toLowerCase(Locale.ROOT),
                  day.date(),
                  day.promotion(),
                  day.price(),
                  day.sales()));
        }
      }
    }
    return lines.toString();
  }

  /** All series, with what the file does not tell. */
  static List<List<Day>> series() {
    List<List<Day>> series = new ArrayList<>();
    for (int shop = 0; shop < SHOPS; shop++) {
      for (Product product : Product.values()) {
        series.add(days(shop, product));
      }
    }
    return series;
  }

  private static List<Day> days(int shop, Product product) {
    CounterRandom random = random(shop, product.ordinal());
    double size = StrictMath.exp(StrictMath.log(30) * shop / (SHOPS - 1)); // 1 to 30
    double taste = StrictMath.exp(0.3 * random.nextGaussian());
    double trend = 0.5 * random.nextDouble(-1, 1) / DAYS;
    double usual = 1 + random.nextInt(20) / 2.0;
    List<Day> days = new ArrayList<>();
    int left = 0; // days of the promotion that are to come
    double cut = 0; // of the price
    for (int t = 0; t < DAYS; t++) {
      boolean begins = left == 0 && random.nextInt(14) == 0;
      left = begins ? 2 + random.nextInt(4) : Math.max(0, left - 1);
      cut = begins ? 0.1 * (1 + random.nextInt(3)) : left > 0 ? cut : 0;
      double plain = size * product.mean * taste * weekday(shop, t % 7) * StrictMath.exp(trend * t);
      double lift = left > 0 ? product.lift - 1.5 * StrictMath.log(1 - cut) : 0;
      double mean = plain * StrictMath.exp(lift);
      int sales = Counts.negativeBinomial(random, mean, SIZE);
      days.add(new Day(FIRST.plusDays(t), left > 0 ? 1 : 0, usual * (1 - cut), mean, plain, sales));
    }
    return days;
  }

  /** Shops of odd number stand where people work, the others where they live. */
  private static double weekday(int shop, int day) {
    boolean weekend = day >= 5;
    return shop % 2 == 0 ? (weekend ? 0.5 : 1.1 + 0.05 * day) : (weekend ? 1.6 : 0.8);
  }

  private static CounterRandom random(int shop, int product) {
    return CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, shop, product);
  }
}
