package holdfast.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The agenda against a plain list that is searched from end to end.
class AgendaTest {

    private record Note(Agenda.Entry<Integer> entry, int owner, long nanos) {}

    @Test
    void itDoesWhatAListWouldDo() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Agenda<Integer> agenda = new Agenda<>();
            List<Note> list = new ArrayList<>();
            List<Agenda.Entry<Integer>> entries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                entries.add(new Agenda.Entry<>(i));
            }
            for (int turn = 0; turn < 400; turn++) {
                int owner = random.nextInt(entries.size());
                Agenda.Entry<Integer> entry = entries.get(owner);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        agenda.strike(entry);
                        list.removeIf(note -> note.entry() == entry);
                    }
                    case 1 -> {
                        if (!list.isEmpty()) {
                            Note first = first(list);
                            list.remove(first);
                            assertEquals(first.owner(), agenda.takeFirst(), "seed " + seed);
                        }
                    }
                    default -> {
                        long nanos = random.nextInt(20);
                        Note note = new Note(entry, owner, nanos);
                        if (agenda.contains(entry)) {
                            list.replaceAll(old -> old.entry() == entry ? note : old);
                        } else {
                            list.add(note);
                        }
                        agenda.put(entry, new MonoTime(nanos));
                    }
                }
                assertEquals(list.size(), agenda.size(), "seed " + seed);
                long firstAt = list.isEmpty() ? Long.MAX_VALUE : first(list).nanos();
                assertEquals(new MonoTime(firstAt), agenda.firstAt(), "seed " + seed);
            }
        }
    }

    private static Note first(List<Note> list) {
        Note first = list.getFirst();
        for (Note note : list) {
            first = note.nanos() < first.nanos() ? note : first;
        }
        return first;
    }
}
