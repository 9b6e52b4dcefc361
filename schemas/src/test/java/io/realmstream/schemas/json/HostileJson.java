package io.realmstream.schemas.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Puts values at the edge of what JSON can write into a valid record: some of them a decoder
 * refuses, and whatever it takes must be written again.
 */
final class HostileJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T.*";

  private static final List<String> NUMBERS =
      List.of(
          "-0",
          "0",
          "-0.0",
          "1",
          "1.0",
          "10e-1",
          "0.1e1",
          "4.9e-324",
          "1e-400",
          "-1e-400",
          "0.1",
          "1E+2",
          "1e308",
          "1.7976931348623157e308",
          "-1.7976931348623157e308",
          "1e309",
          "1e400",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "123456789012345678901234567890",
          "0.123456789012345678901234567890",
          "1.0000000000000000000000000000000000001",
          "NaN",
          "null");

  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\u001b[2J\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"\\ude00\\ud83d\"",
          "\"x\\udc00\"",
          "\"\\u2028\\u2029\\u0085\"",
          "\"\\ufffe\\uffff\"",
          "\"e\\u0301\"",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"\u202e\ufeff\"",
          "\"null\"",
          "null");

  private static final List<String> DATES =
      List.of(
          "0000-01-01",
          "0000-12-31",
          "0001-01-01",
          "1582-10-10",
          "1900-02-28",
          "1969-12-31",
          "1970-01-01",
          "2016-12-31",
          "2024-02-29",
          "2023-02-29",
          "9999-12-31",
          "9999-01-01",
          "10000-01-01",
          "-0001-12-31");

  private static final List<String> CLOCKS =
      List.of(
          "00:00:00",
          "23:59:59",
          "23:59:60",
          "24:00:00",
          "12:30:00",
          "23:59:59.9",
          "00:00:00.000",
          "23:59:59.999999",
          "23:59:59.999999999",
          "00:00:00.000000001",
          "23:59:59.9999999999");

  private static final List<String> OFFSETS =
      List.of(
          "Z", "z", "+00:00", "-00:00", "+00:01", "-00:01", "+05:00", "-05:00", "+14:00", "-12:00",
          "+18:00", "-18:00", "+18:01", "+23:59", "-23:59", "");

  private final Random random;

  HostileJson(Random random) {
    this.random = random;
  }

  /** The record with one or two of its values replaced, and now and then a field more. */
  byte[] of(byte[] record) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(record);
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        change(tree);
      }
      return JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Leaf(ObjectNode owner, String name, JsonNode value) {}

  private void change(ObjectNode tree) {
    List<Leaf> leaves = new ArrayList<>();
    List<ObjectNode> objects = new ArrayList<>();
    collect(tree, leaves, objects);
    if (random.nextInt(8) == 0) {
      ObjectNode owner = objects.get(random.nextInt(objects.size()));
      owner.putRawValue(List.of("\ud800", "\ud83d\ude00", "", "x").get(random.nextInt(4)), one());
      return;
    }
    Leaf leaf = leaves.get(random.nextInt(leaves.size()));
    String literal;
    if (leaf.value().isNumber()) {
      literal = any(NUMBERS);
    } else if (leaf.value().isTextual() && leaf.value().textValue().matches(TIME)) {
      literal = time();
    } else if (leaf.value().isTextual()) {
      literal = any(TEXTS);
    } else {
      literal = any(List.of("true", "false", "null", "1"));
    }
    leaf.owner().putRawValue(leaf.name(), new RawValue(literal));
  }

  private static RawValue one() {
    return new RawValue("1");
  }

  private static void collect(JsonNode node, List<Leaf> leaves, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getValue().isValueNode()) {
          leaves.add(new Leaf(object, field.getKey(), field.getValue()));
        } else {
          collect(field.getValue(), leaves, objects);
        }
      }
    } else {
      node.forEach(inner -> collect(inner, leaves, objects));
    }
  }

  private String time() {
    return '"'
        + any(DATES)
        + (random.nextInt(4) == 0 ? "t" : "T")
        + any(CLOCKS)
        + any(OFFSETS)
        + '"';
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
