package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CostPictureTest {
  private static final List<Double> ROUND = List.of(1.0);

  @Test
  void aDecadeIsAsWideAndAsHighWhereverItLies() throws Exception {
    String svg =
        draw(
            // in no order
            time(1_000_000, "exact", 10),
            time(10_000, "exact", 0.1),
            time(100_000, "exact", 1),
            time(1_000_000, "cells", 0.1),
            new Figure(1_000_000, "state", 2_000, "bytes", List.of()));

    assertThat(svg)
        .contains("M80.0 410.0 L330.0 250.0 L580.0 90.0")
        .contains("cx='580.0' cy='410.0'")
        .contains(">exact<", ">10 ms<", ">cells<", ">0.10 ms<", ">100,000<", ">1,000,000<")
        .contains(">0.1<", ">0.2<", ">0.5<", ">10<")
        .doesNotContain(">0.05<", ">20<", "state");
    assertThat(parse(svg).getElementsByTagName("circle"))
        .matches(circles -> circles.getLength() == 4);
  }

  @Test
  void ticksReachFromBelowTheLeastToAboveTheMost() throws Exception {
    assertThat(draw(time(10, "exact", 0.03), time(20, "exact", 0.7)))
        .contains(">0.02<", ">0.05<", ">0.5<", ">1<")
        .doesNotContain(">0.01<", ">2<");
  }

  @Test
  void oneRunIsInTheMiddle() throws Exception {
    assertThat(draw(time(600, "cells, cached", 1))).contains("cx='330.0' cy='410.0'");
  }

  @Test
  void namesOfLinesThatEndTogetherAreApart() throws Exception {
    String svg =
        draw(time(10, "exact", 1), time(10, "cells, cached", 1), time(10, "cells, cache off", 1));

    List<Double> heights = new ArrayList<>();
    var names = Pattern.compile("y='([0-9.]+)' >(exact|cells[^<]*)<").matcher(svg);
    while (names.find()) {
      heights.add(Double.parseDouble(names.group(1)));
    }
    // the lowest stands at the bottom of the axis, and 4 below for its middle to be there
    assertThat(heights).containsExactly(414.0 - 2 * 19, 414.0 - 19, 414.0);
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

  /** Only what is well-formed comes back. */
  private static String draw(Figure... figures) throws Exception {
    String svg = new CostPicture(List.of(figures)).svg("cost", "in ms");
    parse(svg);
    return svg;
  }

  private static Document parse(String svg) throws Exception {
    var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return xml.parse(new InputSource(new StringReader(svg)));
  }
}
