package io.realmstream.schemas.version;

/**
 * An extractive reader with start and end logits: {@code [CLS] question [SEP] (title [SEP]) body
 * [SEP]}.
 *
 * @param spanTokensMax longest answer in tokens
 * @param noAnswer whether the logits at [CLS] are a trained no-answer score
 */
public record ReaderPart(
    Part model,
    Part tokenizer,
    TitleForm title,
    int questionTokensMax,
    int titleTokensMax,
    int inputTokensMax,
    int spanTokensMax,
    boolean noAnswer) {}
