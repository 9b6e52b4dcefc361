package io.realmstream.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcceptancesTest {
  private final HeapTable<String, Boolean> owed = new HeapTable<>();
  private final Acceptances acceptances = new Acceptances(owed);
  private final Map<String, DocumentState> current = new HashMap<>();

  @Test
  void acceptedEditIsWrittenAndOthersAreNot() {
    assertThat(client("a", upsert(5), true)).isTrue();
    assertThat(client("a", upsert(4), true)).isFalse();
    assertThat(client("a", upsert(5), true)).isFalse();
    assertThat(client("a", delete(5), true)).isTrue();
    assertThat(owed.isEmpty()).isTrue();
  }

  @Test
  void whileTheTopicIsReadAClientsEditIsOwed() {
    assertThat(client("a", upsert(5), false)).isFalse();
    assertThat(owed.contains("a")).isTrue();
  }

  @Test
  void greaterEditOfTheTopicPaysIt() {
    client("a", upsert(5), false);
    recorded("a", upsert(6));
    assertThat(owed.isEmpty()).isTrue();
  }

  @Test
  void smallerEditAsTheTopicsLastIsOwed() {
    recorded("a", upsert(4));
    recorded("a", upsert(5));
    assertThat(owed.isEmpty()).isTrue();
    recorded("a", upsert(4));
    assertThat(owed.contains("a")).isTrue();
    recorded("a", upsert(5));
    assertThat(owed.isEmpty()).isTrue();
  }

  /**
   * Against the plain rule: behind the end, when all is paid, the last record of each document is
   * the greatest edit that the topic or a client ever had; and what the topic ended with already is
   * not written again.
   */
  @Test
  void lastRecordIsTheGreatestWhateverComesInWhateverOrder() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      AcceptancesTest run = new AcceptancesTest();
      Map<String, DocumentState> last = new HashMap<>();
      Map<String, DocumentState> greatest = new HashMap<>();
      boolean read = false;
      for (int step = 0; step < 30; step++) {
        String id = "d" + random.nextInt(3);
        DocumentEdit edit = random.nextInt(5) == 0 ? delete(random.nextInt(4)) : any(random);
        DocumentState state = DocumentState.of(edit);
        if (random.nextBoolean()) {
          if (run.client(id, edit, read)) {
            last.put(id, state);
          }
        } else if (!read) {
          run.recorded(id, edit);
          last.put(id, state);
        } else {
          continue;
        }
        greatest.merge(id, state, (x, y) -> x.compareTo(y) > 0 ? x : y);
        if (!read && step > 15) {
          read = true;
          for (String debtor : List.of("d0", "d1", "d2")) {
            if (run.owed.contains(debtor)) {
              assertThat(last.get(debtor)).as("seed %d", seed).isNotEqualTo(greatest.get(debtor));
              last.put(debtor, run.current.get(debtor));
              run.owed.remove(debtor);
            }
          }
        }
      }
      assertThat(last).as("seed %d", seed).isEqualTo(greatest);
    }
  }

  private boolean client(String id, DocumentEdit edit, boolean topicRead) {
    return acceptances.client(id, decide(id, edit), topicRead);
  }

  private void recorded(String id, DocumentEdit edit) {
    acceptances.recorded(id, decide(id, edit));
  }

  private Decision decide(String id, DocumentEdit edit) {
    Decision decision = Decision.decide(current.get(id), edit);
    if (decision instanceof Decision.Accept accept) {
      current.put(id, accept.next());
    }
    return decision;
  }

  private static DocumentEdit any(Random random) {
    return new DocumentEdit(
        "d",
        (long) random.nextInt(4),
        EditKind.UPSERT,
        "",
        "t" + random.nextInt(3),
        true,
        null,
        Provenance.NONE);
  }

  private static DocumentEdit upsert(long revision) {
    return new DocumentEdit("d", revision, EditKind.UPSERT, "", "t", true, null, Provenance.NONE);
  }

  private static DocumentEdit delete(long revision) {
    return DocumentEdit.deletion("d", revision);
  }
}
