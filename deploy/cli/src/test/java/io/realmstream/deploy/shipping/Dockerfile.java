package io.realmstream.deploy.shipping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code deploy/image/Dockerfile}, read.
 *
 * @param arguments defaults of {@code ARG}
 * @param stages in their order
 */
record Dockerfile(Map<String, String> arguments, List<Stage> stages) {
  /** One instruction, its arguments with the values of {@code ARG}. */
  record Instruction(String name, String rest) {
    /** Of the form {@code ["program", "argument"]}. */
    List<String> words() throws JsonProcessingException {
      return List.of(new ObjectMapper().readValue(rest, String[].class));
    }
  }

  /** From one {@code FROM} to the next. */
  record Stage(String name, String base, List<Instruction> instructions) {
    List<Instruction> all(String instruction) {
      return instructions.stream().filter(each -> each.name().equals(instruction)).toList();
    }

    String last(String instruction) {
      List<Instruction> all = all(instruction);
      return all.isEmpty() ? "" : all.get(all.size() - 1).rest();
    }
  }

  static Dockerfile read() throws IOException {
    String text = ShippedFiles.text("image/Dockerfile").replaceAll("(?m)^#.*\n", "");
    Dockerfile file = new Dockerfile(new LinkedHashMap<>(), new ArrayList<>());
    text.replace("\\\n", " ").lines().filter(line -> !line.isBlank()).forEach(file::add);
    return file;
  }

  Stage stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  private void add(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    String rest = parts[1];
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      rest = rest.replace("${" + argument.getKey() + "}", argument.getValue());
    }
    switch (parts[0]) {
      case "ARG" -> {
        if (rest.contains("=")) {
          arguments.put(rest.replaceAll("=.*", ""), rest.replaceAll(".*=", ""));
        }
      }
      case "FROM" -> {
        String[] from = rest.split(" AS ", 2);
        stages.add(new Stage(from[1], from[0], new ArrayList<>()));
      }
      default -> stages.get(stages.size() - 1).instructions().add(new Instruction(parts[0], rest));
    }
  }
}
