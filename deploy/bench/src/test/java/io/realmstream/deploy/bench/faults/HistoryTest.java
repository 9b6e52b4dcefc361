package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.faults.History.Sent;
import io.realmstream.deploy.bench.faults.History.View;
import io.realmstream.schemas.document.EditKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History(1);

  @Test
  void seedDecidesTheTexts() {
    Sent first = history.create();
    Sent second = history.create();
    assertThat(history.ids()).containsExactly("fault-0", "fault-1");
    assertThat(first.edit().text().split(" ", -1)).hasSize(40);
    assertThat(first.edit().text()).isNotEqualTo(second.edit().text());
    assertThat(new History(1).create().edit()).isEqualTo(first.edit());
    assertThat(new History(2).create().edit()).isNotEqualTo(first.edit());
  }

  @Test
  void editsAreDeletionsAtTimesAndWhatIsDeletedComesBack() {
    history.create();
    List<EditKind> kinds = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Sent sent = history.edit();
      assertThat(sent.edit().revision()).isEqualTo(i + 2);
      kinds.add(sent.edit().kind());
    }
    assertThat(kinds).contains(EditKind.DELETE, EditKind.UPSERT);
    for (int i = 1; i < 100; i++) {
      assertThat(kinds.subList(i - 1, i + 1)).contains(EditKind.UPSERT);
    }
  }

  @Test
  void deletedDocumentIsNotLiveAndItsTextIsTheLastThatItHad() {
    Sent last = history.create();
    history.create();
    while (history.live() == 2) {
      Sent sent = history.edit();
      last = sent.edit().id().equals("fault-0") && !sent.edit().kind().deletes() ? sent : last;
      assertThat(history.newest(sent.edit().id())).isEqualTo(sent.edit());
    }
    assertThat(history.live()).isOne();
    assertThat(history.newestText("fault-0")).isEqualTo(last.edit());
  }

  @Test
  void answerSeesWhatItDatesItselfWithAndNothingThatWasSentLater() {
    Sent first = history.create();
    Sent second = history.edit();
    Sent third = history.edit();
    first.acknowledged(10);
    second.acknowledged(20);
    assertThat(history.possible("fault-0", new View(9, 3, false)))
        .containsExactly(null, first.edit(), second.edit(), third.edit());
    assertThat(history.possible("fault-0", new View(9, 1, true))).containsExactly(first.edit());
    assertThat(history.possible("fault-0", new View(20, 2, false))).containsExactly(second.edit());
    // the third may be in force though nobody has said so
    assertThat(history.possible("fault-0", new View(30, 3, false)))
        .containsExactly(second.edit(), third.edit());
    third.acknowledged(30);
    assertThat(history.possible("fault-0", history.settled())).containsExactly(third.edit());
  }
}
