package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AnswerTextTest {
  /**
   * Text and normal form. The right column was computed by CPython 3.11 (Unicode 14):
   *
   * <pre>
   *   s = unicodedata.normalize('NFD', s).lower()
   *   s = ''.join(c for c in s if c not in string.punctuation)
   *   ' '.join(re.sub(r'\b(a|an|the)\b', ' ', s).split())
   * </pre>
   */
  static final String[][] PAIRS = {
    // spec's own examples
    {"U.S.A.", "usa"},
    {"co-op", "coop"},
    {"3,000", "3000"},
    {"The", ""},
    {"“The Wall”", "“ wall”"},
    {"", ""},
    // articles
    {"the Beatles", "beatles"},
    {"The The", ""},
    {"A", ""},
    {"an  apple a day", "apple day"},
    {"a-the", "athe"},
    {"than thea", "than thea"},
    {"The\tAn\na", ""},
    {"a1 b", "a1 b"},
    {"1a the2", "1a the2"},
    {"the_end", "theend"},
    {"a_b", "ab"},
    {"x (the) y", "x y"},
    {"l’a b", "l’ b"},
    {"rock’n’the’roll", "rock’n’ ’roll"},
    {"vitamin A–an overview", "vitamin – overview"},
    {"«the»", "« »"},
    {"the…end", "…end"},
    {"a·b", "·b"},
    // accents and marks: a mark ends a word, so it can bare an article
    {"Röntgen", "ro\u0308ntgen"},
    {"Ro\u0308ntgen", "ro\u0308ntgen"},
    {"ÉCOLE", "e\u0301cole"},
    {"ā", "\u0304"},
    {"à la carte", "\u0300 la carte"},
    {"the\u0301", "\u0301"},
    {"an\u0303o", "\u0303o"},
    {"\u0301 x", "\u0301 x"},
    {"ñandú", "n\u0303andu\u0301"},
    {"Ångström", "\u030angstro\u0308m"},
    {"\u212bngstrom", "\u030angstrom"},
    // punctuation that only appears or stays after decomposition
    {"x\u1fefy", "xy"},
    {"x\u037ey", "xy"},
    {"≠ 1", "\u0338 1"},
    {"¿qué?", "¿que\u0301"},
    {"dash—dash", "dash—dash"},
    {"‘quoted’", "‘quoted’"},
    {"´x", "´x"},
    {"$5.00 + 7%", "500 7"},
    {"^_^", ""},
    {"，,", "，"},
    // cases
    {"İstanbul", "i\u0307stanbul"},
    {"I\u0307", "i\u0307"},
    {"STRASSE ß ẞ", "strasse ß ß"},
    {"ΟΔΥΣΣΕΥΣ", "οδυσσευς"},
    {"Σ", "σ"},
    {"ΑΣ'Β", "ασβ"},
    {"ΑΣ. Β", "ας β"},
    {"Α·Σ", "α·ς"},
    {"ǅ", "ǆ"},
    {"Ａ Ｔｈｅ", "ａ ｔｈｅ"},
    {"\u212aelvin", "kelvin"},
    {"\ud801\udc00\ud835\udc00", "\ud801\udc28\ud835\udc00"},
    // white space
    {"a\u00a0b", "b"},
    {"x\u2007y\u202fz", "x y z"},
    {"x\u200by", "x\u200by"},
    {"the\u200bend", "\u200bend"},
    {"\u2000x\u2001y\u3000", "x y"},
    {"x\u0085y\u001cz", "x y z"},
    {"\u2028the\u2029", ""},
    {"  x \t\r\n y  ", "x y"},
    {"\ufeffthe x", "\ufeff x"},
    {"x\u2060y", "x\u2060y"},
    {"x\u180ey", "x\u180ey"},
    // numbers and other letters
    {"x² a²", "x² a²"},
    {"Ⅷ the Ⅷ", "ⅷ ⅷ"},
    {"½ a ½", "½ ½"},
    {"a\u0663", "a\u0663"},
    {"日本 the 本", "日本 本"},
    {"the日", "the日"},
    {"a\u00ad b", "\u00ad b"},
    {"e\u20dd a\u20dd", "e\u20dd \u20dd"},
    {"\ud83d\udc4da\ud83d\udc4d", "\ud83d\udc4d \ud83d\udc4d"},
    {"1,234.5 km²", "12345 km²"},
  };

  @ParameterizedTest
  @FieldSource("PAIRS")
  void normalFormIsThatOfTheForeignReference(String text, String normal) {
    assertThat(AnswerText.normalize(text)).isEqualTo(normal);
  }

  @Test
  void whiteSpaceIsWhatPythonSplitsAt() {
    // [c for c in range(0x110000) if chr(c).isspace()], CPython 3.11
    int[] expected = {
      0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
      0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
      0x202f, 0x205f, 0x3000
    };
    assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(AnswerText::isWhiteSpace))
        .containsExactly(IntStream.of(expected).boxed().toArray(Integer[]::new));
  }
}
