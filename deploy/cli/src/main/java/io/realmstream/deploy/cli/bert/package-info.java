/**
 * Makes an ONNX model of BERT with its masked-language-model head, out of the variables that
 * TensorFlow saved. Needs no TensorFlow.
 */
@NullMarked
package io.realmstream.deploy.cli.bert;

import org.jspecify.annotations.NullMarked;
