package io.realmstream.jobs.learner.learn;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts, and their trunk outputs by the real document tower, each computed once for all tests. */
final class Outputs {
  private static final Map<String, float[]> KNOWN = new ConcurrentHashMap<>();
  private static final Encoder ENCODER = open();

  private Outputs() {}

  /** Documents of two sentences each, which no two of them share. */
  static String text(int number) {
    String[] things = {
      "harbour", "lighthouse", "orchard", "quarry", "railway", "windmill", "bridge", "library",
      "chapel", "brewery", "theatre", "hospital", "museum", "market", "tower", "school"
    };
    String[] places = {
      "Norway", "Peru", "Kenya", "Japan", "Texas", "Sicily", "Quebec", "Ghana", "Wales", "Nepal",
      "Cuba", "Egypt", "Iceland", "Brazil", "Poland", "Oman", "Chile", "Tonga", "Malta", "Laos"
    };
    String[] deeds = {
      "burned down",
      "was painted white",
      "was sold for silver",
      "froze over",
      "was flooded",
      "won a prize",
      "was haunted by ghosts"
    };
    String thing = things[number % 16];
    String place = places[number / 16 % 20];
    return "The old %s in %s %s in the year %d. Many people from %s still visit the %s every summer."
        .formatted(thing, place, deeds[number % 7], 1500 + number, place, thing);
  }

  static float[] of(String text) {
    return KNOWN.computeIfAbsent(text, Outputs::embed);
  }

  private static float[] embed(String text) {
    try {
      return ENCODER.trunkOfPassage("", text).pooled();
    } catch (EmbeddingException e) {
      throw new AssertionError(e);
    }
  }

  private static Encoder open() {
    try {
      return Encoder.open(LearnHarness.COLD.documentTower(), LearnHarness.models().parts());
    } catch (CheckpointException e) {
      throw new AssertionError(e);
    }
  }
}
