/** ONNX files that are written here; the one package that imports the format's classes. */
@NullMarked
package io.realmstream.model.onnx.file;

import org.jspecify.annotations.NullMarked;
