package io.realmstream.deploy.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.bert.BertConversion;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.io.IOException;
import java.nio.file.Path;

/** A folder with a reader of masks: its files, and a manifest with their digests. */
public final class MaskedReaderFolder {
  private static final String MANIFEST = "masked-reader.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of BERT's 512 positions: passages end at 288 tokens. */
  private static final int QUESTION_TOKENS_MAX = 128;

  private static final int TITLE_TOKENS_MAX = 32;
  private static final int INPUT_TOKENS_MAX = 480;

  private MaskedReaderFolder() {}

  /** The checkpoint with the reader of a folder; throws {@link CommandFailure} USAGE if none. */
  public static RetrieverCheckpoint addTo(RetrieverCheckpoint checkpoint, Path folder) {
    Path manifest = folder.resolve(MANIFEST);
    try {
      MaskedReaderPart part = JSON.readValue(manifest.toFile(), MaskedReaderPart.class);
      return Codecs.RETRIEVER_CHECKPOINT.decode(
          Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint.with(part)));
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage(manifest + ": is no manifest: " + e.getOriginalMessage());
    } catch (BadRecordException e) {
      throw CommandFailure.usage(manifest + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailure.usage(folder + " holds no reader of masks: there is no " + MANIFEST);
    }
  }

  /** What the converted model in a folder is as a reader, if the folder is called {@code name}. */
  static MaskedReaderPart describe(Path folder, Path name) throws IOException {
    return new MaskedReaderPart(
        part(folder, name, BertConversion.MODEL),
        part(folder, name, BertConversion.TOKENIZER),
        TitleForm.NONE,
        QUESTION_TOKENS_MAX,
        TITLE_TOKENS_MAX,
        INPUT_TOKENS_MAX);
  }

  static void write(Path folder, MaskedReaderPart part) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(MANIFEST).toFile(), part);
  }

  private static Part part(Path folder, Path name, String file) throws IOException {
    return new Part(name.resolve(file).toUri().toString(), PartFile.sha256(folder.resolve(file)));
  }
}
