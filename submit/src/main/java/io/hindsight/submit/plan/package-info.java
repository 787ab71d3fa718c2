/** What the command {@code plan} prints, for people and for programs. */
package io.hindsight.submit.plan;
