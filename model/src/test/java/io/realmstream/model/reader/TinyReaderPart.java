package io.realmstream.model.reader;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;

/**
 * A reader whose start scores are the sums of the ids up to each token, and whose end scores are
 * the segments: together they tell how the input was packed. The ids: [CLS] 101, [SEP] 102, a 1037,
 * b 1038, c 1039, d 1040. At most two tokens of question and of title, eleven in all.
 */
public final class TinyReaderPart {
  private TinyReaderPart() {}

  /** Writes the model into the directory. */
  public static ReaderPart write(Path directory, TitleForm title, boolean noAnswer)
      throws Exception {
    Part model = TestParts.write(directory, "reader.onnx", TinyModels.reader());
    Part tokenizer = DefaultCheckpoints.e5().reader().tokenizer();
    return new ReaderPart(model, tokenizer, title, 2, 2, 11, 10, noAnswer);
  }
}
