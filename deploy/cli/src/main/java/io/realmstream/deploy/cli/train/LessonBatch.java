package io.realmstream.deploy.cli.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Lessons that are learned at once. Each one's candidates are the passages of all of them.
 *
 * @param passages places in the corpus, each once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LessonBatch(List<Lesson> lessons, int[] passages) {

  /**
   * Cuts lessons into batches. Those of one article stand together, since its other passages are
   * the candidates that are hard to tell apart; the order of the batches is random.
   *
   * @param size lessons in a batch; the last one may have fewer
   */
  static List<LessonBatch> of(List<Lesson> lessons, int size, Random random) {
    Map<String, List<Lesson>> groups = new LinkedHashMap<>();
    for (Lesson lesson : lessons) {
      groups.computeIfAbsent(lesson.group(), group -> new ArrayList<>()).add(lesson);
    }
    List<List<Lesson>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, random);
    List<Lesson> row = new ArrayList<>();
    for (List<Lesson> group : order) {
      Collections.shuffle(group, random);
      row.addAll(group);
    }
    List<LessonBatch> batches = new ArrayList<>();
    for (int from = 0; from < row.size(); from += size) {
      batches.add(of(List.copyOf(row.subList(from, Math.min(from + size, row.size()))), random));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** With one passage of each lesson, drawn from those that it accepts. */
  private static LessonBatch of(List<Lesson> lessons, Random random) {
    Set<Integer> passages = new LinkedHashSet<>();
    for (Lesson lesson : lessons) {
      passages.add(lesson.passages()[random.nextInt(lesson.passages().length)]);
    }
    return new LessonBatch(lessons, passages.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Which passages each lesson accepts: row by row, 1 or 0. */
  float[] accepted() {
    float[] accepted = new float[lessons.size() * passages.length];
    for (int i = 0; i < lessons.size(); i++) {
      for (int j = 0; j < passages.length; j++) {
        int passage = passages[j];
        boolean holds = Arrays.stream(lessons.get(i).passages()).anyMatch(each -> each == passage);
        accepted[i * passages.length + j] = holds ? 1 : 0;
      }
    }
    return accepted;
  }
}
