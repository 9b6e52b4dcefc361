/** ONNX Runtime, and nothing else: the one package that imports it. */
@NullMarked
package io.realmstream.model.onnx;

import org.jspecify.annotations.NullMarked;
