/** What all fuzz targets share: the promises every parser keeps, and the corpus they start from. */
package io.hindsight.fuzz;
