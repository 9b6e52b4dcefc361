package io.realmstream.model.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchVerdict.Age;
import io.realmstream.model.retrieval.SearchVerdict.Yield;
import org.junit.jupiter.api.Test;

class SearchVerdictTest {
  private static final SearchLimit LIMIT = new SearchLimit(18, 144);

  @Test
  void asManyAsWantedAreEnoughWhateverWasCut() {
    assertThat(new Yield(10, 10, true).verdict(LIMIT, 1_000)).isEqualTo(SearchVerdict.WHOLE);
  }

  @Test
  void allThatThereIsIsEnough() {
    assertThat(new Yield(10, 3, false).verdict(LIMIT, 1_000)).isEqualTo(SearchVerdict.WHOLE);
    assertThat(new Yield(10, 0, false).verdict(LIMIT, 0)).isEqualTo(SearchVerdict.WHOLE);
  }

  @Test
  void tooFewOfMoreAreSearchedAgain() {
    assertThat(new Yield(10, 9, true).verdict(LIMIT, 145)).isEqualTo(SearchVerdict.AGAIN);
    assertThat(new Yield(10, 9, true).verdict(LIMIT, 19)).isEqualTo(SearchVerdict.AGAIN);
  }

  @Test
  void atTheBoundTooFewAreShort() {
    assertThat(new Yield(10, 9, true).verdict(LIMIT, 18)).isEqualTo(SearchVerdict.SHORT);
    assertThat(new Yield(10, 9, true).verdict(LIMIT, 0)).isEqualTo(SearchVerdict.SHORT);
  }

  @Test
  void aQuestionForTheNullDocumentAloneWantsNothing() {
    assertThat(new Yield(0, 0, true).verdict(LIMIT, 1_000)).isEqualTo(SearchVerdict.WHOLE);
  }

  @Test
  void whatTookAsLongAsItIsKnownIsWhole() {
    assertThat(new Age(5_000, 5_000, 0).verdict(true)).isEqualTo(SearchVerdict.WHOLE);
    assertThat(new Age(-3, 5_000, 0).verdict(false)).isEqualTo(SearchVerdict.WHOLE);
  }

  @Test
  void aFirstSearchThatTookTooLongIsMadeAgainWithAsMuchTime() {
    assertThat(new Age(5_001, 5_000, 5_001).verdict(true)).isEqualTo(SearchVerdict.AGAIN);
    assertThat(new Age(5_001, 5_000, 5_000).verdict(true)).isEqualTo(SearchVerdict.LATE);
  }

  @Test
  void aSecondSearchThatTookTooLongIsNotMadeAgain() {
    assertThat(new Age(5_001, 5_000, 60_000).verdict(false)).isEqualTo(SearchVerdict.LATE);
  }

  @Test
  void searchesEndHoweverLittleStands() {
    SearchLimit limit = SearchLimit.first(1_000);
    int searches = 1;
    while (new Yield(1_000, 0, true).verdict(limit, 16_384) == SearchVerdict.AGAIN) {
      limit = limit.twice(16_384);
      searches++;
    }
    assertThat(searches).isEqualTo(6);
    assertThat(limit).isEqualTo(SearchLimit.ofHits(16_384));
  }
}
