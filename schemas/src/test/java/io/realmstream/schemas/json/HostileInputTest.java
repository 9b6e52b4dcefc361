package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":"q","text":"t","k":0} | k: must have a minimum value of 1 (is 0)
          {"id":"q","text":"t","k":1000000} | k: must have a maximum value of 1000 (is 1000000)
          {"id":"q","text":"t","k":1.5} | k: number found, [integer, null] expected
          {"id":"q","text":"t","k":1e400} | k: must be a number within the range of a double
          {"id":"q","text":"t","k":"5"} | k: string found, [integer, null] expected
          {"id":"q","text":"t","k":99999999999999999999} | k: must have a maximum value of 1000 (is 99999999999999999999)
          {"id":"q","text":"t","k":NaN} | k: no valid JSON, Non-standard token 'NaN'
          {"id":"q","text":"t","kind":"ASK"} | kind: does not have a value in the enumeration ["RETRIEVE", "OPEN_QA", "MASKED_LM"] (is "ASK")
          {"id":"q","text":"t","kind":null} | kind: null found, string expected
          {"id":"q","text":"t","id":"r"} | id: no valid JSON, Duplicate field 'id'
          {"id":"q","text":"t","more":{"x":1,"x":1}} | more.x: no valid JSON, Duplicate field 'x'
          {"id":"q"} | text: required
          {"id":"","text":"t"} | id: must be at least 1 characters long (is 0)
          {"id":7,"text":"t"} | id: integer found, string expected
          {"id":"q","text":" "} | text: must have a letter, a number or a symbol (is " ")
          {"id":"q","text":"?"} | text: must have a letter, a number or a symbol (is "?")
          {"id":"q","text":" ?! \\u2026 "} | text: must have a letter, a number or a symbol (is " ?! … ")
          {"id":"q","text":"\\u200b\\ufeff"} | text: must have a letter, a number or a symbol (is "\\u200b\\ufeff")
          {"id":"q","text":"\\u0301"} | text: must have a letter, a number or a symbol (is "́")
          {"id":"q","text":"\\u3164"} | text: must have a letter, a number or a symbol (is "ㅤ")
          {"id":"q","text":"\\ud800"} | text: must not hold half a surrogate pair
          {"id":"q","text":"t","deadline":"soon"} | deadline: does not match the date-time pattern must be a valid RFC 3339 date-time (is "soon")
          {"id":"q","text":"t","deadline":17} | deadline: integer found, [string, null] expected
          {"id":"q","text":"t","options":{"runnersUp":-1}} | options.runnersUp: must have a minimum value of 0 (is -1)
          {"id":"q","text":"t","options":{"reading":"SOME"}} | options.reading: does not have a value in the enumeration ["CERTAIN", "ALL"] (is "SOME")
          {"id":"q","text":"t","options":{"unreadMassMax":1.5}} | options.unreadMassMax: must have a maximum value of 1 (is 1.5)
          {"id":"q","text":"t","options":{"probabilityMin":1.5}} | options.probabilityMin: must have a maximum value of 1 (is 1.5)
          {"id":"q","text":"t","options":{"noAnswerMassMax":-0.5}} | options.noAnswerMassMax: must have a minimum value of 0 (is -0.5)
          {"id":"q","text":"t","options":{"origin":"5f3a9c1e7b2d4860a1b2c3d4e5f60718\\n"}} | options.origin: does not match the regex pattern ^[0-9a-f]{32}$ (is "5f3a9c1e7b2d4860a1b2c3d4e5f60718 ")
          {"id":"q","text":"t","options":{"passages":[]}} | options.passages: must have at least 1 items but found 0 (is [])
          {"id":"q","text":"t","options":{"passages":["5F3a9c1e7b2d4860a1b2c3d4e5f60718"]}} | options.passages[0]: does not match the regex pattern ^[0-9a-f]{32}$ (is "5F3a9c1e7b2d4860a1b2c3d4e5f60718")
          {"id":"q","text":"t","options":{"passages":[null]}} | options.passages[0]: null found, string expected
          {"id":"q","text":"t","options":{"references":[]}} | options.references: must have at least 1 items but found 0 (is [])
          {"id":"q","text":"t","options":{"references":[""]}} | options.references[0]: must be at least 1 characters long (is 0)
          {"id":"q","text":"t","options":{"references":"Rome"}} | options.references: string found, [array, null] expected
          {"id":"q","text":"t","options":[]} | options: array found, object expected
          {"id":"q","text":"t"} x | record: no valid JSON, Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
          {"id":"q","text":"t"}{} | record: must end with its JSON object
          {"id":"q","text":"t" | text: no valid JSON, Unexpected end-of-input: expected close marker for Object
          [] | record: must be a JSON object
          `` | record: must be a JSON object
          null | record: must be a JSON object
          """)
  void aBadQueryIsRefusedWithFieldAndLimit(String json, String message) {
    assertThatThrownBy(() -> Codecs.QUERY.decode(utf8(json)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"d","revision":-1} | revision: must have a minimum value of 0 (is -1)
          {"id":"d","revision":9223372036854775808} | revision: must have a maximum value of 9223372036854775807 (is 9223372036854775808)
          {"id":"d","revision":9.223372036854775808E18} | revision: must have a maximum value of 9223372036854775807 (is 9.223372036854776E18)
          {"id":"d","kind":"PATCH"} | kind: does not have a value in the enumeration ["UPSERT", "DELETE", "PURGE"] (is "PATCH")
          {"id":"d","split":"no"} | split: string found, boolean expected
          {"id":"d","eventTime":"2026-02-30T00:00:00Z"} | eventTime: does not match the date-time pattern must be a valid RFC 3339 date-time (is "2026-02-30T00:00:00Z")
          {"id":"d","source":{"wiki":"w","pageId":-1,"revisionId":0}} | source.pageId: must have a minimum value of 0 (is -1)
          {"id":"d","source":{"wiki":"","pageId":0,"revisionId":0}} | source.wiki: must be at least 1 characters long (is 0)
          {"id":"d","source":{"wiki":"w"}} | source.pageId: required
          {"title":"d"} | id: required
          """)
  void aBadEditIsRefusedWithFieldAndLimit(String json, String message) {
    assertThatThrownBy(() -> Codecs.DOCUMENT_EDIT.decode(utf8(json)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(message);
  }

  @Test
  void aLicenseHas256BytesAndNotOneByteMore() throws Exception {
    String json = "{\"id\":\"d\",\"license\":\"%s\"}";
    Codecs.DOCUMENT_EDIT.decode(utf8(json.formatted("é".repeat(128))));
    assertThatThrownBy(() -> Codecs.DOCUMENT_EDIT.decode(utf8(json.formatted("a".repeat(257)))))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("license: must be at most 256 UTF-8 bytes long (is 257)");
  }

  /** Within the years by its own clock, and not in UTC, where records are written. */
  @ParameterizedTest
  @CsvSource({
    "9999-12-31T23:59:59-05:00, +10000-01-01T04:59:59Z",
    "9999-12-31T23:59:59.999999999-00:01, +10000-01-01T00:00:59.999999999Z",
    "0000-01-01T00:00:00+00:01, -0001-12-31T23:59:00Z"
  })
  void aTimeThatLeavesTheYearsInUtcIsRefusedOnEveryTopic(String time, String utc) {
    String limit = ": must be in the years 0 to 9999 in UTC (is " + utc + ")";
    assertRefused(
        Codecs.DOCUMENT_EDIT, "{'id':'d','eventTime':'" + time + "'}", "eventTime" + limit);
    assertRefused(
        Codecs.QUERY, "{'id':'q','text':'t','deadline':'" + time + "'}", "deadline" + limit);
    assertRefused(
        Codecs.VERSION_PROPOSAL,
        "{'proposalId':'p','version':1,'to':'READY','by':'b','at':'" + time + "'}",
        "at" + limit);
    String answer =
        "{'id':'q','result':{'status':'NO_INDEX','runnersUp':[],'passages':[],'exact':false,"
            + "'cellsProbed':0,'partial':false,'complete':false,'truncated':false},'run':"
            + "{'stagesMs':{},'scanned':0,'reScored':0,'dropped':0,'indexedThrough':'";
    assertRefused(Codecs.ANSWER, answer + time + "'}}", "run.indexedThrough" + limit);
  }

  @ParameterizedTest
  @CsvSource({
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
    "9999-12-31T18:59:59-05:00, 9999-12-31T23:59:59Z",
    "0000-01-01T05:00:00+05:00, 0000-01-01T00:00:00Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z"
  })
  void aTimeAtTheEdgeIsTakenAndWrittenInUtc(String time, String utc) throws BadRecordException {
    String edit = "{\"id\":\"d\",\"eventTime\":\"" + time + "\"}";
    byte[] written = Codecs.DOCUMENT_EDIT.encode(Codecs.DOCUMENT_EDIT.decode(utf8(edit)));
    assertThat(new String(written, StandardCharsets.UTF_8)).contains("\"" + utc + "\"");
  }

  @Test
  void anIdHas512BytesAndNotOneMore() throws BadRecordException {
    String fits = "é".repeat(256);
    assertThat(Codecs.DOCUMENT_EDIT.decode(utf8("{\"id\":\"" + fits + "\"}")).id()).isEqualTo(fits);
    assertThatThrownBy(() -> Codecs.DOCUMENT_EDIT.decode(utf8("{\"id\":\"" + fits + "x\"}")))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("id: must be at most 512 UTF-8 bytes long (is 513)");
  }

  @Test
  void aQueryTextHas65536CharactersAndNotOneMore() throws BadRecordException {
    String fits = "😀".repeat(65_536);
    assertThat(Codecs.QUERY.decode(query(fits)).text()).isEqualTo(fits);
    assertThatThrownBy(() -> Codecs.QUERY.decode(query(fits + "x")))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("text: must be at most 65536 characters long (is 65537)");
  }

  @Test
  void aQueryNames100PassagesAnd100ReferencesAndNotOneMore() throws BadRecordException {
    String uid = "\"5f3a9c1e7b2d4860a1b2c3d4e5f60718\"";
    assertThat(
            Codecs.QUERY.decode(options("passages", uid, 100)).options().competition().passages())
        .hasSize(100);
    assertThatThrownBy(() -> Codecs.QUERY.decode(options("passages", uid, 101)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("options.passages: must have at most 100 items but found 101");
    String longest = "\"" + "x".repeat(1_000) + "\"";
    assertThat(Codecs.QUERY.decode(options("references", longest, 100)).options().references())
        .hasSize(100);
    assertThatThrownBy(() -> Codecs.QUERY.decode(options("references", "\"x\"", 101)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("options.references: must have at most 100 items but found 101");
    assertThatThrownBy(
            () -> Codecs.QUERY.decode(options("references", "\"" + "x".repeat(1_001) + "\"", 1)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("options.references[0]: must be at most 1000 characters long (is 1001)");
  }

  private static byte[] options(String field, String item, int count) {
    String items = String.join(",", Collections.nCopies(count, item));
    return utf8("{\"id\":\"q\",\"text\":\"t\",\"options\":{\"" + field + "\":[" + items + "]}}");
  }

  @Test
  void aDocumentHasFourMebibytesAndNotOneByteMore() throws BadRecordException {
    int bytesMax = 4 * 1024 * 1024;
    byte[] fits = document(bytesMax);
    assertThat(fits).hasSize(bytesMax);
    assertThat(Codecs.DOCUMENT_EDIT.decode(fits).text()).hasSize(bytesMax - 20);
    assertThatThrownBy(() -> Codecs.DOCUMENT_EDIT.decode(document(bytesMax + 1)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("record: must be at most 4194304 bytes long (is 4194305)");
  }

  @Test
  void aSmallerLimitHolds() throws BadRecordException {
    JsonCodec<?> small = Codecs.DOCUMENT_EDIT.withBytesMax(100);
    assertThat(small.bytesMax()).isEqualTo(100);
    assertThat(small.decode(document(100))).isNotNull();
    assertThatThrownBy(() -> small.decode(document(101)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("record: must be at most 100 bytes long (is 101)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "e282", "80"})
  void brokenUtf8IsRefused(String hex) {
    byte[] broken = HexFormat.of().parseHex(hex);
    byte[] record = utf8("{\"id\":\"q\",\"text\":\"" + "x".repeat(broken.length) + "\"}");
    System.arraycopy(broken, 0, record, record.length - 2 - broken.length, broken.length);
    assertThatThrownBy(() -> Codecs.QUERY.decode(record))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("record: must be UTF-8");
  }

  @Test
  void utf16IsRefused() {
    byte[] record = "{\"id\":\"q\",\"text\":\"t\"}".getBytes(StandardCharsets.UTF_16);
    assertThatThrownBy(() -> Codecs.QUERY.decode(record)).isInstanceOf(BadRecordException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void nestingAHundredThousandDeepIsRefused(String open) {
    byte[] record = utf8("{\"id\":\"q\",\"text\":\"t\",\"more\":" + open.repeat(100_000));
    assertThatThrownBy(() -> Codecs.QUERY.decode(record))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("nesting depth")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message).hasSizeLessThan(600).doesNotContain("\n"));
  }

  @Test
  void unknownFieldsAreIgnored() throws BadRecordException {
    byte[] record =
        utf8("{\"id\":\"q\",\"text\":\"t\",\"trace\":{\"k\":[0]},\"options\":{\"x\":1}}");
    assertThat(Codecs.QUERY.decode(record)).isEqualTo(Codecs.QUERY.decode(query("t")));
  }

  @Test
  void aWholeNumberMayCarryAPoint() throws BadRecordException {
    assertThat(Codecs.QUERY.decode(utf8("{\"id\":\"q\",\"text\":\"t\",\"k\":7.0}")).scope().k())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // cut in the middle of a pair by the excerpt, half a pair in a name, line breaks
        "{\"id\":\"q\",\"text\":\"t\",\"kind\":\"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\"}",
        "{\"id\":\"q\",\"text\":\"t\",\"kind\":\"x😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\"}",
        "{\"id\":\"q\",\"\\ud800\":\"\\ud800\"}",
        "{\"id\":\"q\",\"\\ud800\":1,\"\\ud800\":2}",
        "{\"id\":\"q\",\"text\":\"t\",\"kind\":\"a\\n\\r\\u2028b\"}"
      })
  void everyRefusalCanBeAnswered(String json) {
    assertThatThrownBy(() -> Codecs.QUERY.decode(utf8(json)))
        .isInstanceOf(BadRecordException.class)
        .extracting(e -> AnswerResult.without(AnswerStatus.INVALID, e.getMessage(), null))
        .satisfies(
            result -> {
              assertThat(result.reason()).doesNotContainPattern("[\\n\\r\\u2028]");
              byte[] answer = Codecs.ANSWER.encode(new Answer("q", result, AnswerRun.NONE));
              assertThat(Codecs.ANSWER.decode(answer).result()).isEqualTo(result);
            });
  }

  private static void assertRefused(JsonCodec<?> codec, String json, String message) {
    assertThatThrownBy(() -> codec.decode(utf8(json.replace('\'', '"'))))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(message);
  }

  private static byte[] query(String text) {
    return utf8("{\"id\":\"q\",\"text\":\"" + text + "\"}");
  }

  /** A document of exactly {@code bytes} bytes, 20 of which are not text. */
  private static byte[] document(int bytes) {
    char[] text = new char[bytes - 20];
    Arrays.fill(text, 'x');
    return utf8("{\"id\":\"d\",\"text\":\"" + new String(text) + "\"}");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
