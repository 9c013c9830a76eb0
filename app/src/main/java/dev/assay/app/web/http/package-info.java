/** Requests and answers: who may ask, bodies that come in, JSON and files that go out, one line for each error. */
@NullMarked
package dev.assay.app.web.http;

import org.jspecify.annotations.NullMarked;
