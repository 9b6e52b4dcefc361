package io.realmstream.model.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.Checkpoints.Parts;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.junit.jupiter.api.Test;

class RefreshPlanTest {
  @Test
  void withoutAVersionInForceEverythingIsEmbedded() {
    assertThat(RefreshPlan.between(null, Checkpoints.plain())).isEqualTo(RefreshPlan.EVERYTHING);
  }

  @Test
  void sameFilesElsewhereUnderAnotherNameAreNothingNew() {
    RetrieverCheckpoint e5 = DefaultCheckpoints.e5();
    EncoderTower tower = e5.documentTower();
    EncoderTower moved =
        new EncoderTower(
            new Part("file:/elsewhere", tower.trunk().sha256()),
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    RetrieverCheckpoint other =
        new RetrieverCheckpoint(
            "other", moved, e5.queryTower(), e5.reader(), e5.scoreScale(), null, null, null);

    assertThat(RefreshPlan.between(e5, other)).isEqualTo(RefreshPlan.NOTHING);
  }

  @Test
  void queryTowerReaderOrScaleAloneTouchNoPassage() {
    RetrieverCheckpoint plain = Checkpoints.plain();

    assertThat(RefreshPlan.between(plain, new Parts('a', null, 'b', 'a').checkpoint(1)))
        .isEqualTo(RefreshPlan.QUERY_SIDE_ONLY);
    assertThat(RefreshPlan.between(plain, new Parts('a', null, 'a', 'b').checkpoint(1)))
        .isEqualTo(RefreshPlan.QUERY_SIDE_ONLY);
    assertThat(RefreshPlan.between(plain, new Parts('a', null, 'a', 'a').checkpoint(2)))
        .isEqualTo(RefreshPlan.QUERY_SIDE_ONLY);
  }

  @Test
  void projectionThatComesChangesOrGoesIsReprojectedWhateverElseTheQuerySideDoes() {
    RetrieverCheckpoint plain = Checkpoints.plain();
    RetrieverCheckpoint projected = new Parts('a', 'p', 'b', 'a').checkpoint(1);
    RetrieverCheckpoint otherwise = new Parts('a', 'q', 'a', 'c').checkpoint(2);

    assertThat(RefreshPlan.between(plain, projected)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
    assertThat(RefreshPlan.between(projected, otherwise)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
    assertThat(RefreshPlan.between(projected, plain)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
  }

  @Test
  void anotherTrunkOrInputFormatEmbedsEverything() {
    RetrieverCheckpoint e5 = DefaultCheckpoints.e5();
    EncoderTower tower = e5.documentTower();
    EncoderTower shorter =
        new EncoderTower(
            tower.trunk(),
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax() - 1);

    assertThat(RefreshPlan.between(e5, DefaultCheckpoints.bge())).isEqualTo(RefreshPlan.EVERYTHING);
    assertThat(
            RefreshPlan.between(
                e5,
                new RetrieverCheckpoint(
                    "e5", shorter, e5.queryTower(), e5.reader(), 60, null, null, null)))
        .isEqualTo(RefreshPlan.EVERYTHING);
  }
}
