package holdfast.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The agenda against a plain list that is searched from end to end.
class AgendaTest {

    private record Note(Checker checker, long nanos) {}

    @Test
    void itDoesWhatAListWouldDo() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Agenda agenda = new Agenda();
            List<Note> list = new ArrayList<>();
            List<Checker> checkers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                var id = new CheckerId(Specs.WEB, Specs.server(i), 0);
                checkers.add(new Checker(id, Specs.tcp(), true));
            }
            for (int turn = 0; turn < 400; turn++) {
                Checker checker = checkers.get(random.nextInt(checkers.size()));
                switch (random.nextInt(5)) {
                    case 0 -> {
                        agenda.strike(checker.entry());
                        list.removeIf(note -> note.checker() == checker);
                    }
                    case 1 -> {
                        if (!list.isEmpty()) {
                            Note first = first(list);
                            list.remove(first);
                            assertSame(first.checker(), agenda.takeFirst(), "seed " + seed);
                        }
                    }
                    default -> {
                        long nanos = random.nextInt(20);
                        agenda.put(checker.entry(), new MonoTime(nanos));
                        list.removeIf(note -> note.checker() == checker);
                        list.add(new Note(checker, nanos));
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
