package io.realmstream.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer.json, without its own truncation and padding. Safe for use by many threads; closing
 * waits for those that tokenize, since the native side would not.
 */
public final class Tokenizer implements AutoCloseable {
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  private static final char REPLACEMENT = 0xFFFD;

  /** The native library gets no more characters at once: some milliseconds and megabytes. */
  static final int WINDOW_CHARS = 1 << 13;

  /** Far longer than any word that is looked up. */
  private static final String LONG_WORD = "a".repeat(1_000);

  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock openness = new ReentrantReadWriteLock();
  private boolean closed;
  private final long first;
  private final long separator;
  private final long tooLong;
  private final @Nullable KnownWords known;

  private Tokenizer(HuggingFaceTokenizer tokenizer, WordRules rules, long first, long separator) {
    this.tokenizer = tokenizer;
    this.first = first;
    this.separator = separator;
    long[] longWord = encode(LONG_WORD).getIds();
    this.tooLong = longWord.length == 1 ? longWord[0] : TokenWindows.NO_TOKEN;
    this.known = rules.lookAtOneCharacter() ? new KnownWords(this::window, rules) : null;
  }

  /**
   * Opens a tokenizer that wraps a text as {@code [CLS] text [SEP]}.
   *
   * <p>The native library is unpacked into the cache's directory, once per version.
   */
  public static Tokenizer open(Part part, PartCache cache) throws CheckpointException {
    Path file = cache.fetch(part);
    confine(cache.directory().resolve("natives"));
    HuggingFaceTokenizer tokenizer;
    WordRules rules;
    try (InputStream in = Files.newInputStream(file)) {
      rules = WordRules.of(file.toFile());
      tokenizer = HuggingFaceTokenizer.newInstance(in, WHOLE_TEXTS);
    } catch (IOException | RuntimeException e) { // the native side throws RuntimeException as such
      throw new CheckpointException(
          "%s: not a tokenizer: %s".formatted(part.uri(), e.getMessage()), e);
    }
    Encoding one = tokenizer.encode("a", true, false);
    long[] ids = one.getIds();
    long[] special = one.getSpecialTokenMask();
    if (ids.length != 3 || special[0] != 1 || special[1] != 0 || special[2] != 1) {
      tokenizer.close();
      throw new CheckpointException(
          "%s: must wrap a text as [CLS] text [SEP], makes %s of 'a'"
              .formatted(part.uri(), String.join(" ", one.getTokens())));
    }
    return new Tokenizer(tokenizer, rules, ids[0], ids[2]);
  }

  /**
   * Keeps the library at home: offline = no download of another native build and no usage report
   * (both happen by default), the CPU build even where there is a GPU, its files and those of the
   * library that it looks for GPUs with in our folder instead of the user's home.
   */
  private static synchronized void confine(Path natives) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
    for (String folder : new String[] {"ENGINE_CACHE_DIR", "jna.tmpdir"}) {
      if (System.getProperty(folder) == null) {
        System.setProperty(folder, natives.toAbsolutePath().toString());
      }
    }
  }

  /** Id of the token that begins every input, [CLS]. */
  public long first() {
    return first;
  }

  /** Id of the token that ends every part of an input, [SEP]. */
  public long separator() {
    return separator;
  }

  /** The tokens of the whole text, however long. */
  public Tokens tokenize(String text) {
    return tokenize(text, Integer.MAX_VALUE);
  }

  /** The first tokens of {@link #tokenize(String)}, without a look at what follows far behind. */
  public Tokens tokenize(String text, int countMax) {
    TokenWindows windows = windows(text, WINDOW_CHARS);
    List<Tokens> parts = new ArrayList<>();
    int count = 0;
    while (!windows.done() && count < countMax) {
      parts.add(windows.next());
      count += parts.get(parts.size() - 1).count();
    }
    return Tokens.joined(parts, countMax);
  }

  /** The ids of {@link #tokenize(String)}. */
  public long[] ids(String text) {
    return tokenize(text).ids();
  }

  /** The first of {@link #ids(String)}: one more than fit shows that the text does not fit. */
  public long[] ids(String text, int countMax) {
    return tokenize(text, countMax).ids();
  }

  /** Stands before the first token of the whole text. */
  TokenCursor cursor(String text) {
    return new TokenCursor(windows(text, WINDOW_CHARS));
  }

  TokenWindows windows(String text, int windowChars) {
    return new TokenWindows(text, window(windowChars), known);
  }

  /** Without {@link KnownWords}. */
  TokenWindows nativeWindows(String text, int windowChars) {
    return new TokenWindows(text, window(windowChars), null);
  }

  private TokenWindows.Window window(int chars) {
    return new TokenWindows.Window(this::window, tooLong, chars);
  }

  /** The tokens of a text that is one window. */
  Tokens window(String text) {
    if (text.length() > WINDOW_CHARS) {
      throw new IllegalArgumentException(text.length() + " characters are no window");
    }
    String whole = withoutLoneSurrogates(text);
    Encoding encoding = encode(whole);
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] words = encoding.getWordIds();
    int count = spans.length;
    Tokens tokens =
        new Tokens(encoding.getIds(), new int[count], new int[count], new boolean[count]);
    int codePoint = 0;
    int offset = 0;
    for (int i = 0; i < count; i++) {
      // tokens come in text order, but those of one character share it: never walk back
      offset = whole.offsetByCodePoints(offset, spans[i].getStart() - codePoint);
      codePoint = spans[i].getStart();
      tokens.starts()[i] = offset;
      tokens.ends()[i] = whole.offsetByCodePoints(offset, spans[i].getEnd() - codePoint);
      tokens.wordStarts()[i] = i == 0 || words[i] != words[i - 1];
    }
    return tokens;
  }

  /** The white space that it ignores; tries some hundreds of texts. */
  public WhiteSpace whiteSpace() {
    return WhiteSpace.of(this::ids);
  }

  /** The text that tokens stand for, without special ones. */
  public String text(long[] ids) {
    return whileOpen(() -> tokenizer.decode(ids, true));
  }

  private Encoding encode(String text) {
    return whileOpen(() -> tokenizer.encode(text, false, false));
  }

  private <T> T whileOpen(Supplier<T> use) {
    openness.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer is closed");
      }
      return use.get();
    } finally {
      openness.readLock().unlock();
    }
  }

  /**
   * The native side takes UTF-8, which has no lone surrogates, and would turn every pair of the
   * text into something else, too.
   */
  private static String withoutLoneSurrogates(String text) {
    StringBuilder replaced = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          i++;
        } else {
          replaced = replaced == null ? new StringBuilder(text) : replaced;
          replaced.setCharAt(i, REPLACEMENT);
        }
      }
    }
    return replaced == null ? text : replaced.toString();
  }

  @Override
  public void close() {
    openness.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      openness.writeLock().unlock();
    }
  }
}
