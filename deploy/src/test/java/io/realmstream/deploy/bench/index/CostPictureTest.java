package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CostPictureTest {
  private static final List<Double> ROUND = List.of(1.0);

  @Test
  void aDecadeIsAsWideAndAsHighWhereverItLies() throws Exception {
    String svg =
        new CostPicture(
                List.of(
                    new Figure(10_000, "exact", 0.1, "ms", ROUND),
                    new Figure(100_000, "exact", 1, "ms", ROUND),
                    new Figure(1_000_000, "exact", 10, "ms", ROUND),
                    new Figure(1_000_000, "cells", 0.1, "ms", ROUND),
                    new Figure(1_000_000, "state", 2_000, "bytes", List.of())))
            .svg("cost");
    assertThat(svg)
        .contains("M70.0 390.0 L305.0 215.0 L540.0 40.0")
        .contains("cx='540.0' cy='390.0'")
        .contains(">exact<", ">cells<", ">1,000,000<", ">0.1<", ">10<")
        .doesNotContain("state");
    var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    assertThat(xml.parse(new InputSource(new StringReader(svg))).getElementsByTagName("circle"))
        .matches(circles -> circles.getLength() == 4);
  }

  @Test
  void whatWasNotMeasuredInRoundsCannotBeDrawn() {
    assertThatThrownBy(
            () -> new CostPicture(List.of(new Figure(100, "state", 2_000, "bytes", List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
