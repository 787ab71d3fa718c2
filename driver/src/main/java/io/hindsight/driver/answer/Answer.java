package io.hindsight.driver.answer;

import java.util.List;

/**
 * One row of answers, or the reason why a sequence has none.
 *
 * @param id the sequence
 * @param time of the newest value that was read, as text; null where the table has no times
 * @param step the row of the sequence that holds this value, from 0 in the order of time; null in
 *     the row of a sequence without an answer
 * @param horizon steps from there to what is answered, where a step has answers for several; else,
 *     and without an answer, null
 * @param values as {@link AnswerColumns} says: a {@link Double}, the name of a class, or a list of
 *     such names; null where there is no answer
 * @param targetTime the time that is answered for, as text; null where it is not known
 * @param reason why there is no answer; null where there is one
 */
public record Answer(
    String id,
    String time,
    Integer step,
    Integer horizon,
    List<Object> values,
    String targetTime,
    String reason) {}
