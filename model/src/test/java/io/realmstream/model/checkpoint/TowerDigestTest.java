package io.realmstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TowerDigestTest {
  private static final Part A = part("file:a", 'a');
  private static final Part B = part("file:b", 'b');
  private static final Part C = part("file:c", 'c');

  @Test
  void placeOfTheFilesDoesNotMatter() {
    Part elsewhere = part("classpath:elsewhere", 'a');

    assertThat(TowerDigest.of(tower(A, null, "p", 288)))
        .isEqualTo(TowerDigest.of(tower(elsewhere, null, "p", 288)));
    assertThat(TowerDigest.of(reader(A, 64, 24)))
        .isEqualTo(TowerDigest.of(reader(elsewhere, 64, 24)));
  }

  @Test
  void everyFileAndEverySettingOfATowerMatters() {
    List<Hash128> digests =
        List.of(
            TowerDigest.of(tower(A, null, "p", 288)),
            TowerDigest.of(tower(C, null, "p", 288)),
            TowerDigest.of(
                new EncoderTower(A, C, null, Pooling.MEAN, true, "p", TitleForm.TEXT, 288)),
            TowerDigest.of(tower(A, C, "p", 288)),
            TowerDigest.of(tower(A, null, "q", 288)),
            TowerDigest.of(tower(A, null, "p", 287)),
            TowerDigest.of(
                new EncoderTower(A, B, null, Pooling.CLS, true, "p", TitleForm.TEXT, 288)),
            TowerDigest.of(
                new EncoderTower(A, B, null, Pooling.MEAN, false, "p", TitleForm.TEXT, 288)),
            TowerDigest.of(
                new EncoderTower(A, B, null, Pooling.MEAN, true, "p", TitleForm.NONE, 288)));

    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void everyFileAndEverySettingOfAMaskedReaderMatters() {
    List<Hash128> digests =
        List.of(
            TowerDigest.of(new MaskedReaderPart(A, B, TitleForm.NONE, 64, 24, 320)),
            TowerDigest.of(new MaskedReaderPart(C, B, TitleForm.NONE, 64, 24, 320)),
            TowerDigest.of(new MaskedReaderPart(A, C, TitleForm.NONE, 64, 24, 320)),
            TowerDigest.of(new MaskedReaderPart(A, B, TitleForm.TEXT, 64, 24, 320)),
            TowerDigest.of(new MaskedReaderPart(A, B, TitleForm.NONE, 65, 24, 320)),
            TowerDigest.of(new MaskedReaderPart(A, B, TitleForm.NONE, 64, 25, 320)),
            TowerDigest.of(new MaskedReaderPart(A, B, TitleForm.NONE, 64, 24, 321)));

    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void everyFileAndEverySettingOfAReaderMatters() {
    List<Hash128> digests =
        List.of(
            TowerDigest.of(reader(A, 64, 24)),
            TowerDigest.of(reader(B, 64, 24)),
            TowerDigest.of(reader(A, 24, 64)),
            TowerDigest.of(new ReaderPart(A, C, TitleForm.SEGMENT, 64, 24, 320, 10, true)),
            TowerDigest.of(new ReaderPart(A, B, TitleForm.TEXT, 64, 24, 320, 10, true)),
            TowerDigest.of(new ReaderPart(A, B, TitleForm.SEGMENT, 64, 24, 321, 10, true)),
            TowerDigest.of(new ReaderPart(A, B, TitleForm.SEGMENT, 64, 24, 320, 11, true)),
            TowerDigest.of(new ReaderPart(A, B, TitleForm.SEGMENT, 64, 24, 320, 10, false)));

    assertThat(digests).doesNotHaveDuplicates();
  }

  private static EncoderTower tower(
      Part trunk, @Nullable Part projection, String prefix, int tokensMax) {
    return new EncoderTower(
        trunk, B, projection, Pooling.MEAN, true, prefix, TitleForm.TEXT, tokensMax);
  }

  private static ReaderPart reader(Part model, int questionTokensMax, int titleTokensMax) {
    return new ReaderPart(
        model, B, TitleForm.SEGMENT, questionTokensMax, titleTokensMax, 320, 10, true);
  }

  private static Part part(String uri, char digit) {
    return new Part(uri, String.valueOf(digit).repeat(64));
  }
}
