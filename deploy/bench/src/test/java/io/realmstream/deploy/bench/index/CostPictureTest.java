package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYSeries;

class CostPictureTest {
  private static final List<Double> ROUND = List.of(1.0);

  @TempDir private Path directory = Path.of("unset");

  @Test
  void everyWayToSearchIsALineAndNothingElseIs() throws Exception {
    Path file = directory.resolve("cost.svg");
    List<Figure> figures =
        List.of(
            time(1_000_000, "exact, cached", 10),
            time(10_000, "exact, cached", 0.1),
            time(1_000_000, "cells, cache off", 0.1),
            new Figure(1_000_000, "state", 2_000, "bytes", List.of()));

    CostPicture picture = new CostPicture(figures);
    Map<String, XYSeries> lines = picture.chart("What a query costs").getSeriesMap();
    assertThat(lines).containsOnlyKeys("exact, cached", "cells, cache off");
    XYSeries exact = Objects.requireNonNull(lines.get("exact, cached"));
    assertThat(exact.getXData()).containsExactly(10_000, 1_000_000);
    assertThat(exact.getYData()).containsExactly(0.1, 10);

    picture.write(file, "What a query costs");
    assertThat(Files.readString(file)).contains("<svg");
  }

  @Test
  void whatWasNotMeasuredInRoundsCannotBeDrawn() {
    assertThatThrownBy(
            () -> new CostPicture(List.of(new Figure(100, "state", 2_000, "bytes", List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Figure time(int passages, String name, double value) {
    return new Figure(passages, name, value, "ms", ROUND);
  }
}
