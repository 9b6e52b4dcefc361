package io.realmstream.deploy.interleaving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a settled knowledge base holds of one session's documents under the version that serves, in
 * a form that two of them can be compared in.
 *
 * @param passages of each document, in order, as they were published last
 * @param vectors of those, as they were published last: the bits of each number
 * @param results of answers as they came, all but the version's number: first those that list every
 *     passage with its score
 */
record Holdings(
    Map<String, List<Hash128>> passages,
    Map<Hash128, List<Integer>> vectors,
    List<String> results) {
  /** More than a vector has numbers, so that their scores leave no vector open. */
  private static final int LISTINGS = 10;

  private static final int QUESTIONS = 10;

  /**
   * Reads the vectors topic from its beginning, and asks.
   *
   * @param seed of the questions
   */
  static Holdings of(Session session, Conversation realm, long seed) throws Exception {
    int index = session.serving().index();
    Map<String, PassageVectors> newest = new TreeMap<>();
    Map<Hash128, List<Integer>> published = new TreeMap<>();
    for (byte[] record : realm.replay(realm.topics().passageVectors())) {
      take(record, index, newest, published);
    }
    Map<String, List<Hash128>> passages = new TreeMap<>();
    Map<Hash128, List<Integer>> vectors = new TreeMap<>();
    for (PassageVectors document : newest.values()) {
      List<Hash128> uids = document.manifest().stream().map(ManifestEntry::uid).toList();
      if (session.histories.documents().contains(document.document()) && !uids.isEmpty()) {
        passages.put(document.document(), uids);
        uids.forEach(uid -> vectors.put(uid, Objects.requireNonNull(published.get(uid))));
      }
    }
    return new Holdings(passages, vectors, results(session, seed));
  }

  /** The bits of a vector's numbers. */
  static List<Integer> bits(float[] vector) {
    List<Integer> bits = new ArrayList<>();
    for (float number : vector) {
      bits.add(Float.floatToRawIntBits(number));
    }
    return bits;
  }

  private static void take(
      byte[] record,
      int index,
      Map<String, PassageVectors> newest,
      Map<Hash128, List<Integer>> published) {
    try {
      if (VectorMessageCodec.decode(record) instanceof PassageVectors document
          && document.version() == index) {
        for (PassageInsert insert : document.inserts()) {
          published.put(insert.uid(), bits(insert.vector()));
        }
        PassageVectors before = newest.get(document.document());
        if (document.part().commits()
            && (before == null || before.revision().number() <= document.revision().number())) {
          newest.put(document.document(), document);
        }
      }
    } catch (BadRecordException e) {
      throw new AssertionError(Arrays.toString(record), e);
    }
  }

  private static List<String> results(Session session, long seed) throws Exception {
    RandomQueries queries = new RandomQueries("holdings-" + seed + "-", new Random(seed));
    List<String> results = new ArrayList<>();
    for (int i = 0; i < LISTINGS + QUESTIONS; i++) {
      Query query = i < LISTINGS ? queries.all() : queries.next();
      String answer = new String(session.answer(query), UTF_8);
      String result =
          answer.substring(answer.indexOf("\"result\":"), answer.lastIndexOf(",\"run\":"));
      results.add(result.replaceFirst("\"number\":\\d+", "\"number\":0"));
    }
    return results;
  }
}
