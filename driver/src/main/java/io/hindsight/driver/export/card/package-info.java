/** What a model is for, what it was made of and what it reaches, on a page for people. */
package io.hindsight.driver.export.card;
