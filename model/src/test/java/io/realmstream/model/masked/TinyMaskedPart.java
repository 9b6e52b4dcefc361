package io.realmstream.model.masked;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;

/**
 * A reader of masks that copies: a logit is how often its token is in the input, and 1 more for the
 * token before the mask. The ids: [CLS] 101, [SEP] 102, [MASK] 103, a 1037, b 1038, c 1039. At most
 * four tokens of question and two of title, twelve in all.
 */
public final class TinyMaskedPart {
  private TinyMaskedPart() {}

  /** Writes the model into the directory. */
  public static MaskedReaderPart write(Path directory, TitleForm title) throws Exception {
    Part model = TestParts.write(directory, "masked.onnx", TinyModels.maskedReader());
    return new MaskedReaderPart(
        model, DefaultCheckpoints.e5().reader().tokenizer(), title, 4, 2, 12);
  }
}
