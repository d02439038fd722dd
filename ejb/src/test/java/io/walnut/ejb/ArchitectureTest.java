package io.walnut.ejb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceContext;

@AnalyzeClasses(packages = "io.walnut.ejb", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLE =
        slices().matching("io.walnut.ejb.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STATELESS_BEANS_HOLD_NO_STATE = fields()
        .that().areDeclaredInClassesThat().areAnnotatedWith(Stateless.class)
        .should().beAnnotatedWith(EJB.class).orShould().beAnnotatedWith(Inject.class)
        .orShould().beAnnotatedWith(PersistenceContext.class).orShould().beAnnotatedWith(Resource.class)
        .orShould().beStatic();

    @ArchTest
    static final ArchRule BEANS_CAN_CALL_ALL_METHODS_OF_BEANS = methods()
        .that().areDeclaredInClassesThat().areAnnotatedWith(Stateless.class)
        .should().bePublic().orShould().bePrivate();

    @ArchTest
    static final ArchRule ENTITIES_HAVE_NO_SETTERS = methods()
        .that().areDeclaredInClassesThat().areAnnotatedWith(Entity.class)
        .should().haveNameNotMatching("set[A-Z].*");

    @ArchTest
    static final ArchRule TIMERS_ARE_NOT_PERSISTENT = methods().that().areAnnotatedWith(Schedule.class)
        .should(new com.tngtech.archunit.lang.ArchCondition<>("not be persistent") {
            @Override
            public void check(com.tngtech.archunit.core.domain.JavaMethod method,
                com.tngtech.archunit.lang.ConditionEvents events) {
                if (method.getAnnotationOfType(Schedule.class).persistent()) {
                    events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(method, method.getFullName()));
                }
            }
        });

    @ArchTest
    static final ArchRule THE_IEXEC_CLIENT_KNOWS_NOTHING_OF_THE_PORTAL = noClasses()
        .that().resideInAPackage("io.walnut.ejb.iexec..")
        .should().dependOnClassesThat().resideInAnyPackage("io.walnut.ejb.treasury..", "io.walnut.ejb.link..",
            "io.walnut.ejb.chain..", "io.walnut.ejb.relay..", "jakarta..");
}
