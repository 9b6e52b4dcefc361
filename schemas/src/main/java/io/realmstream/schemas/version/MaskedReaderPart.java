package io.realmstream.schemas.version;

/**
 * A reader that predicts masked tokens: {@code [CLS] question [SEP] (title [SEP]) body [SEP]}, the
 * question with its masks.
 *
 * @param questionTokensMax tokens of a question that are read; its masks must be among them
 */
public record MaskedReaderPart(
    Part model,
    Part tokenizer,
    TitleForm title,
    int questionTokensMax,
    int titleTokensMax,
    int inputTokensMax) {}
